import { writeFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import {
  ANSWER_MAX,
  type Cost,
  costOf,
  HASHES,
  hashCost,
  type Row,
  type Sent,
} from '../input-costs.ts';
import { type Senders, rowsOfPeople } from '../input-rows.ts';
import { rowsOfFiles, rowsOfPrograms } from '../input-rows-api.ts';
import { productsFor } from '../products.ts';
import { apiKeyFor, customerCookie, staffCookie } from '../server.ts';
import { registered } from '../storefront.ts';

/** `npm run prove -- input-costs` measures each five times, and writes docs/input-costs.md. */
const PROVE = process.env['PROVE'] !== undefined;
const TABLE = new URL('../../docs/input-costs.md', import.meta.url);

let senders: Senders;
let hash: number;

beforeAll(async () => {
  const company = await freshCompany({ apiRateLimit: 100_000 });
  const { session } = await registered(company);
  const { id: customerId } = await createCustomer(as(company, 'OWNER'), {
    email: 'costs@example.com',
  });
  senders = {
    company,
    customerId,
    owner: await staffCookie(company, 'OWNER'),
    customer: await customerCookie(session, company.id),
    key: (await apiKeyFor(company)).key,
    products: await productsFor(company, [{ name: 'Flour', stock: 1_000_000 }]),
  };
  // What has run before has been compiled.
  for (const { allowed } of rowsOfPeople(senders)) await costOf(allowed, 1);
  hash = await hashCost(PROVE ? 15 : 5);
});

/** Measured again where it seems too much: other tests' queues and timers work in the same processes. */
async function measured(make: () => Sent, most: number): Promise<Cost> {
  const cost = await costOf(make, PROVE ? 5 : 1);
  return cost.cpu <= most * hash ? cost : costOf(make, 5);
}

async function check(rows: readonly Row[]): Promise<void> {
  const lines: string[] = [];
  const faults: string[] = [];
  for (const { input, bound, allowed, refused, most, isFile } of rows) {
    const limit = isFile ? HASHES.file : HASHES.request;
    const cells: string[] = [];
    for (const [kind, make] of Object.entries({ allowed, refused, most })) {
      if (!make) {
        cells.push('');
        continue;
      }
      const { cpu, status, bytes } = await measured(make, limit);
      const hashes = (cpu / hash).toFixed(1);
      cells.push(`${hashes} (${status})`);
      const fault = `${input}, ${kind}: ${hashes} hashes, status ${status}, ${bytes} bytes`;
      if (cpu > limit * hash || status >= 500 || bytes > ANSWER_MAX) faults.push(fault);
    }
    lines.push(`| ${[input, bound, ...cells].join(' | ')} |`);
  }
  table.push(...lines);
  expect(faults).toEqual([]);
}

const table: string[] = [];

it('reads what strangers and customers send at little cost, up to its bound and beyond', async () => {
  expect(hash).toBeGreaterThan(0);
  await check(rowsOfPeople(senders));
});

it('reads what programs send at little cost, up to its bound and beyond', async () => {
  await check(rowsOfPrograms(senders));
});

it('reads files and pictures at little cost, up to their bound and beyond', async () => {
  await check(await rowsOfFiles(senders));
}, 600_000);

it('shows what it has measured', async () => {
  expect(table.length).toBeGreaterThan(20);
  if (PROVE) await writeFile(TABLE, document(table, hash));
});

function document(lines: readonly string[], hashMs: number): string {
  return `# What an input costs

Every input that a stranger, a customer or a program can send, with its bound, and the CPU time of the Worker for the
largest that is read, the smallest that is refused, and as much as a body or a header can hold: as multiples of one
argon2id hash of the same run (${hashMs.toFixed(0)} ms), with the status of the answer. A request may cost
${HASHES.request} hashes (250 ms), one with a file or a picture ${HASHES.file} (1 s); no answer is over 300 KB.
\`npm run prove -- input-costs\` measures it anew; \`npm test\` holds the same limits.

| input | bound | largest allowed | smallest refused | most that can be sent |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
}

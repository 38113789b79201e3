import type pg from 'pg';
import { connectOwner } from '#db/local/connect-owner.ts';
import { newId } from '#db/ids.ts';
import { customerKeys } from '#src/customers/keys.ts';
import { median } from './measure.ts';

const ROWS = 5000;
const ROUNDS = 7;

/** The same rows the plain way: no history for undoing, no audit, no result, nothing compared. */
const RAW = `
  insert into customers
    (company_id, id, email, name, status, notes, credit_limit_cents, name_key, search_key, created_at, updated_at)
  select entered_company(), id, email, name, status, notes, "creditLimitCents", "nameKey", "searchKey", now(), now()
  from jsonb_to_recordset($1::jsonb) as file (
    id text, email text, name text, status text, notes text, "creditLimitCents" bigint, "nameKey" text, "searchKey" text
  )
  on conflict (company_id, email) do update set name = excluded.name, status = excluded.status, notes = excluded.notes,
    credit_limit_cents = excluded.credit_limit_cents, name_key = excluded.name_key, search_key = excluded.search_key`;
const OURS = `select apply_customer_import($2, $1::jsonb, '{name,status,notes,creditLimitCents}', now(), interval '30 days')`;

/**
 * What applying an import of 5,000 rows costs beside the plainest statement that writes the same rows, both as the app's
 * role with row-level security, in turn, and rolled back.
 * @returns milliseconds (medians) and the median of the ratios, for rows that are new, changed, and half of each
 */
export async function measureImport(ownerUrl: string, company: { id: string; userId: string }) {
  const client = await connectOwner(ownerUrl);
  try {
    const importId = newId('import');
    await client.query(
      `insert into imports (id, company_id, kind, state, file_name, started_by, started_by_name, queued_at)
       values ($1, $2, 'customers', 'waiting', 'bench.csv', $3, 'Bench', now())`,
      [importId, company.id, company.userId],
    );
    const results = [];
    for (const [name, existing] of Object.entries({
      create: 0,
      update: ROWS,
      'half and half': ROWS / 2,
    })) {
      const before = fileOf('before', existing);
      const file = fileOf('after', ROWS);
      const raw: number[] = [];
      const ours: number[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const rawMs = await timed(client, company.id, before, RAW, [file]);
        const oursMs = await timed(client, company.id, before, OURS, [file, importId]);
        // The first round warms caches up.
        if (round > 0) raw.push(rawMs);
        if (round > 0) ours.push(oursMs);
      }
      const ratio = median(ours.map((ms, n) => ms / (raw[n] ?? Number.NaN)));
      results.push({
        [`import of ${ROWS} rows`]: name,
        'raw ms': Math.round(median(raw)),
        'ours ms': Math.round(median(ours)),
        'ours/raw': Number(ratio.toFixed(2)),
        'at most': 2,
      });
    }
    return results;
  } finally {
    await client.end();
  }
}

async function timed(
  client: pg.Client,
  companyId: string,
  before: string,
  statement: string,
  params: string[],
): Promise<number> {
  await client.query('begin');
  await client.query(`select enter_company($1, 'SYSTEM', null, 'Bench', 'bulk')`, [companyId]);
  await client.query(RAW, [before]);
  const started = performance.now();
  await client.query(statement, params);
  const ms = performance.now() - started;
  await client.query('rollback');
  return ms;
}

function fileOf(notes: string, rows: number): string {
  return JSON.stringify(
    Array.from({ length: rows }, (_, n) => {
      const email = `import${n}@bench.example`;
      const name = `Imported ${n}`;
      const values = {
        email,
        name,
        status: 'ACTIVE',
        notes: `${notes} ${n}`,
        creditLimitCents: n * 100,
      };
      return { id: newId('customer'), ...values, ...customerKeys({ email, name }) };
    }),
  );
}

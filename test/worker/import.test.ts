import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { idFrom } from '#db/ids.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { customerImport } from '#src/imports/customer-import.ts';
import { startImport } from '#src/imports/start-import.ts';
import { as, freshCompany } from '../context.ts';
import { customersOf } from '../imports.ts';
import { expectErrorLog, server, staffCookie, takeProblems } from '../server.ts';

interface Bindings {
  IMPORT_QUEUE: { sendBatch(messages: { body: unknown }[]): Promise<unknown> };
  UPLOADS: { head(key: string): Promise<unknown>; delete(key: string): Promise<void> };
}

const PATH = '/dashboard/customers/import';

/** The button is disabled, and named by why. */
const PLAN =
  /disabled=""[^>]*>[\s\S]{0,400}This file creates 3 customers\. You have \d, and your plan allows 3\./;

let company: CompanyFixture;
let cookie: string;
let requests = 0;

beforeAll(async () => {
  company = await freshCompany({ maxCustomers: 3 });
  cookie = await staffCookie(company, 'MEMBER');
});

afterEach(() => expect(takeProblems()).toEqual([]));

/** One request as the signed-in member's browser makes it, and what it cost the database. */
async function ask(
  path: string,
  init: { method?: string; body?: string | ArrayBuffer } = {},
  headers: Record<string, string> = {},
) {
  const requestId = `import-test-${company.id.slice(-8)}-${++requests}`;
  const response = await server.fetch(path, {
    redirect: 'manual',
    ...init,
    headers: {
      Cookie: cookie,
      'Sec-Fetch-Site': 'same-origin',
      'X-Request-Id': requestId,
      ...headers,
    },
  });
  const text = await response.text();
  const stats = await fetch(`${inject('endpointUrl')}/stats/${requestId}`);
  const { roundTrips } = (await stats.json()) as { roundTrips: number };
  return { status: response.status, location: response.headers.get('location'), text, roundTrips };
}

async function post(path: string, fields: FormData | Record<string, string> = {}) {
  // The harness takes bytes, not forms.
  const form = new Response(fields instanceof FormData ? fields : new URLSearchParams(fields));
  const type = form.headers.get('content-type') ?? '';
  return ask(path, { method: 'POST', body: await form.arrayBuffer() }, { 'Content-Type': type });
}

function upload(csv: string, name = 'customers.csv') {
  const form = new FormData();
  form.set('file', new File([csv], name));
  return post(PATH, form);
}

async function staged(csv: string): Promise<string> {
  const { status, location } = await upload(csv);
  expect(status).toBe(303);
  return location ?? '';
}

describe('an import, page by page', () => {
  it('goes from upload over preview to done, and back', async () => {
    await createCustomer(as(company, 'OWNER'), { email: 'old@b.co', name: 'Old', notes: 'keep' });
    const started = await upload('Mail address,Name\r\nOLD@b.co,<b>New</b>\r\nnew@b.co,Neu\r\n');
    expect(started).toMatchObject({ status: 303, roundTrips: 1 });
    const path = started.location ?? '';

    const unmapped = await ask(path);
    expect(unmapped.text).toContain('No column for Email: choose one.');
    expect(unmapped.text).toMatch(/<button[^>]*disabled=""[^>]*aria-describedby="obstacle"/);

    const preview = await ask(`${path}?email=0`);
    expect(preview).toMatchObject({ status: 200, roundTrips: 2 });
    expect(preview.text).toContain('<del>Old</del>');
    expect(preview.text).toContain('<ins>&lt;b&gt;New&lt;/b&gt;</ins>');
    expect(await customersOf(as(company, 'OWNER'))).toHaveLength(1);

    const applied = await post(`${path}/apply`, { email: '0', name: '1' });
    expect(applied).toMatchObject({ status: 303, location: path, roundTrips: 1 });
    expect(await post(`${path}/apply`, { email: '0', name: '1' })).toMatchObject({ status: 303 });
    await expect
      .poll(async () => (await ask(path)).text, { timeout: 20_000 })
      .toContain('1 customer created, 1 updated, 0 unchanged.');
    expect(await customersOf(as(company, 'OWNER'))).toMatchObject([
      { email: 'new@b.co', name: 'Neu' },
      { email: 'old@b.co', name: '<b>New</b>', notes: 'keep' },
    ]);
    expect(await ask(path)).toMatchObject({ status: 200, roundTrips: 1 });

    expect(await post(`${path}/undo`)).toMatchObject({ status: 303, roundTrips: 1 });
    expect(await post(`${path}/undo`)).toMatchObject({ status: 303 });
    expect((await ask(path)).text).toContain('1 customer removed, 1 restored, 0 kept');
    expect(await customersOf(as(company, 'OWNER'))).toMatchObject([{ name: 'Old' }]);
  });

  it('says whose contact an email belongs to', async () => {
    const other = await freshCompany();
    const owner = as(other, 'OWNER');
    const { id } = await createCustomer(owner, { email: 'cafe@x.test', name: 'Cafe <Verde>' });
    await inviteContact(owner, id, { email: 'ann@x.test', role: 'BUYER' });
    const own = cookie;
    cookie = await staffCookie(other, 'MEMBER');
    try {
      const preview = await ask(await staged('email\nann@x.test\n'));
      expect(preview).toMatchObject({ status: 200, roundTrips: 2 });
      expect(preview.text).toContain(
        '&quot;ann@x.test&quot; belongs to a contact of Cafe &lt;Verde&gt;.',
      );
      expect(preview.text).toMatch(/<button[^>]*disabled=""[^>]*aria-describedby="obstacle"/);
    } finally {
      cookie = own;
    }
  });

  it('says why a job failed and offers to start it again', async () => {
    const path = await staged('email\na@b.co\nb@b.co\nc@b.co\n');
    expect((await ask(path)).text).toMatch(PLAN);
    await post(`${path}/apply`, {});
    await expect
      .poll(async () => (await ask(path)).text, { timeout: 20_000 })
      .toContain('would pass your plan&#39;s customer limit. Nothing was changed.');
    expect((await ask(path)).text).toContain('Start it again');
  });
});

describe('the queue and the clock', () => {
  it('applies once, however many messages say so', async () => {
    const path = await staged('email,notes\nold@b.co,once\n');
    const { IMPORT_QUEUE } = await server.getWorker<Bindings>().getEnv();
    const body = { kind: 'customers', importId: path.split('/').at(-1), companyId: company.id };
    expectErrorLog(/poison message/);
    await IMPORT_QUEUE.sendBatch([{ body: { importId: 'poison' } }, { body }, { body }]);
    await post(`${path}/apply`);
    await IMPORT_QUEUE.sendBatch([{ body }, { body }]);
    await expect
      .poll(async () => (await ask(path)).text, { timeout: 20_000 })
      .toContain('0 customers created, 1 updated, 0 unchanged.');
    await post(`${path}/undo`);
    expect(await customersOf(as(company, 'OWNER'))).toMatchObject([{ notes: 'keep', version: 5 }]);
  });

  it('runs a job whose message was lost', async () => {
    const path = await staged('email,notes\nold@b.co,swept\n');
    const id = idFrom('import', path.split('/').at(-1) ?? '');
    await startImport(
      // The sweep begins with those that wait longest.
      as(company, 'OWNER', { now: new Date(Date.now() - 29 * 86_400_000) }),
      customerImport,
      id,
      {},
    );
    expect((await ask(path)).text).toContain('Waiting to start.');
    await server.getWorker().scheduled({ cron: '* * * * *' });
    await expect
      .poll(async () => (await ask(path)).text, { timeout: 20_000 })
      .toContain('0 customers created, 1 updated, 0 unchanged.');
    await post(`${path}/undo`);
  });

  it('says when the file is no longer kept', async () => {
    const path = await staged('email\na@b.co\n');
    const { UPLOADS } = await server.getWorker<Bindings>().getEnv();
    const key = `imports/${company.id}/${path.split('/').at(-1)}.csv`;
    expect(await UPLOADS.head(key)).not.toBeNull();
    await UPLOADS.delete(key);
    expect((await ask(path)).text).toContain('The uploaded file is no longer kept');
    await post(`${path}/apply`);
    await expect
      .poll(async () => (await ask(path)).text, { timeout: 20_000 })
      .toContain('The uploaded file is no longer kept. Upload it again.');
  });
});

describe('uploads that are not taken', () => {
  it.each([
    ['nothing', '', 'Choose a CSV file.', ''],
    ['an empty file', '', 'File is empty.', 'a.csv'],
    ['too many bytes', 'x'.repeat(2 * 1024 * 1024 + 1), 'File is too large: 2.01 MB', 'a.csv'],
    ['far too many bytes', 'x'.repeat(30 * 1024 * 1024), 'File is too large: 30.01 MB', 'a.csv'],
    [
      'too many rows',
      `email\n${'a@b.co\n'.repeat(5001)}`,
      'File is too long: 5,001 rows. The limit is 5,000 rows.',
      'a.csv',
    ],
  ])('%s', async (_, csv, message, name) => {
    const answer = await upload(csv, name);
    expect(answer).toMatchObject({ status: 422, roundTrips: 1 });
    expect(answer.text).toContain(message);
  });

  it('a body that is no form', async () => {
    expect((await ask(PATH, { method: 'POST', body: '{"a":' })).status).toBe(422);
  });
});

describe('the files around it', () => {
  it('gives a template that imports, and all issues as a file', async () => {
    const template = await ask(`${PATH}/template.csv`);
    expect(template.text).toContain('email,name,status,notes,creditLimit\r\n');
    const path = await staged('email,creditLimit\nnobody,1\na@b.co,"1 200,50"\n');
    const issues = await ask(`${path}/issues.csv`);
    expect(issues.text.split('\r\n')).toEqual([
      'row,message',
      expect.stringContaining('2,"Invalid email address. Found ""nobody""."'),
      expect.stringContaining('3,'),
      '',
    ]);
  });

  it('knows imports of this company only', async () => {
    const path = await staged('email\na@b.co\n');
    const other = await freshCompany();
    const own = cookie;
    cookie = await staffCookie(other, 'OWNER');
    try {
      expect((await ask(path)).status).toBe(404);
      expect((await ask(`${path}/issues.csv`)).status).toBe(404);
      expect((await post(`${path}/apply`)).status).toBe(404);
      expect((await post(`${path}/undo`)).status).toBe(404);
      expect((await ask(`${PATH}/imp_nothing`)).status).toBe(404);
    } finally {
      cookie = own;
    }
  });
});

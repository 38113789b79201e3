import { expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Database } from '#db/client.ts';
import { inviteContact } from '../contacts/invite-contact.ts';
import { removeContact } from '../contacts/remove-contact.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { getCustomerProfile } from '../customers/customer-profile.ts';
import { as, freshCompany } from '../../test/context.ts';
import { MemoryStore, customersOf, importCsv, job, stage } from '../../test/imports.ts';
import { customerImport } from './customer-import.ts';
import { applyImport } from './apply-import.ts';
import { previewStagedImport } from './preview-staged-import.ts';
import { getImport } from './queries.ts';
import { startImport } from './start-import.ts';

const CSV = 'email,notes\nnew@x.test,n\nANN@x.test,n\ncafe@x.test,changed\n';
const ISSUE = '"ann@x.test" belongs to a contact of Cafe Verde.';

/** A customer called Cafe Verde, who has Ann among its people once `invite` is called. */
async function cafeVerde(company: CompanyFixture, name: string | null = 'Cafe Verde') {
  const owner = as(company, 'OWNER');
  const { id } = await createCustomer(owner, { email: 'cafe@x.test', name });
  const invite = () => inviteContact(owner, id, { email: 'ann@x.test', role: 'BUYER' });
  return { id, invite };
}

async function preview(company: CompanyFixture, csv = CSV) {
  const store = new MemoryStore();
  const id = await stage(as(company, 'OWNER'), store, csv);
  const staged = await previewStagedImport(as(company, 'OWNER'), customerImport, store, id, {});
  return staged.ok ? staged : expect.fail('The file is gone.');
}

it('an email that belongs to a contact is an issue that says whose (decision 17)', async () => {
  const [company, other] = await Promise.all([freshCompany(), freshCompany()]);
  const { id, invite } = await cafeVerde(company);
  expect((await preview(company)).preview.issues).toEqual([]);
  await invite();
  expect(await preview(company)).toMatchObject({
    preview: { issues: [{ row: 3, message: ISSUE }], creates: 1, updates: 1 },
    obstacle: 'Fix the issue in your file and upload it again.',
  });
  // Whom another company knows is nobody's business here, and a customer's own email is the customer's.
  expect((await preview(other)).preview).toMatchObject({ issues: [], creates: 3 });
  expect((await preview(company, 'email\ncafe@x.test\n')).preview.issues).toEqual([]);
  const [contact] = (await getCustomerProfile(as(company, 'OWNER'), id)).contacts;
  await removeContact(as(company, 'OWNER'), id, contact?.id ?? 'con_');
  expect((await preview(company)).preview.issues).toEqual([]);
});

it('a customer without a name is known by its email', async () => {
  const company = await freshCompany();
  await (await cafeVerde(company, null)).invite();
  const message = '"ann@x.test" belongs to a contact of cafe@x.test.';
  expect((await preview(company)).preview.issues).toEqual([{ row: 3, message }]);
});

it('a contact invited after the preview ends the job with a sentence, and nothing half done', async () => {
  const company = await freshCompany();
  await (await cafeVerde(company)).invite();
  const id = await importCsv(company, CSV);
  const { record } = await getImport(as(company, 'OWNER'), customerImport, id);
  expect(record).toMatchObject({
    state: 'failed',
    failure: `Row 3: ${ISSUE} Fix the issue in your file and upload it again. Nothing was changed.`,
  });
  expect(await customersOf(as(company, 'OWNER'))).toMatchObject([
    { email: 'cafe@x.test', notes: null, version: 1 },
  ]);
});

/** The same database, where something happens just before its n-th batch. */
function interrupted(db: Database, n: number, happens: () => Promise<unknown>): Database {
  let batches = 0;
  return new Proxy(db, {
    get(target, name) {
      if (name !== 'batch') return Reflect.get(target, name, target) as unknown;
      return async (queries: Parameters<Database['batch']>[0]) => {
        batches += 1;
        if (batches === n) await happens();
        return target.batch(queries);
      };
    },
  });
}

it('so does one invited between the last look and the write', async () => {
  const company = await freshCompany();
  const { invite } = await cafeVerde(company);
  const store = new MemoryStore();
  const id = await stage(as(company, 'OWNER'), store, CSV);
  await startImport(as(company, 'OWNER'), customerImport, id, {});
  const ctx = job(company);
  // The first batch begins the job, the second looks the emails up, the third writes.
  await applyImport({ ...ctx, db: interrupted(ctx.db, 3, invite) }, customerImport, store, id);
  const { record } = await getImport(as(company, 'OWNER'), customerImport, id);
  expect(record.failure).toMatch(/^Row 3: "ann@x\.test" belongs to a contact of Cafe Verde\./);
  expect(record.state).toBe('failed');
  expect(await customersOf(as(company, 'OWNER'))).toMatchObject([{ notes: null, version: 1 }]);
});

it('a job that another delivery of its message has finished meanwhile stays finished', async () => {
  const company = await freshCompany();
  await cafeVerde(company);
  const store = new MemoryStore();
  const id = await stage(as(company, 'OWNER'), store, CSV);
  await startImport(as(company, 'OWNER'), customerImport, id, {});
  const ctx = job(company);
  const twice = interrupted(ctx.db, 3, () => applyImport(job(company), customerImport, store, id));
  await applyImport({ ...ctx, db: twice }, customerImport, store, id);
  const { record } = await getImport(as(company, 'OWNER'), customerImport, id);
  expect(record).toMatchObject({ state: 'done', created: 2, updated: 1 });
});

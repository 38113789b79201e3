import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { connectOwner } from '#db/local/connect-owner.ts';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, idFrom } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { customerImport } from '#src/imports/customer-import.ts';
import { applyImport } from '#src/imports/apply-import.ts';
import { failImport } from '#src/imports/fail-import.ts';
import { getImport } from '#src/imports/queries.ts';
import { startImport } from '#src/imports/start-import.ts';
import { undoImport } from '#src/imports/undo-import.ts';
import { as, freshCompany } from '../context.ts';
import { MemoryStore, auditOf, customersOf, job, stage } from '../imports.ts';
import { setFaults } from '../faults.ts';

const ROWS = 5_000;

let company: CompanyFixture;
let store: MemoryStore;

beforeEach(async () => {
  company = await freshCompany();
  store = new MemoryStore();
});

afterEach(() => setFaults({}));

function csv(rows: number, notes: string, first = 0, backwards = false): string {
  const lines = Array.from(
    { length: rows },
    (_, index) => `buyer${first + index}@example.com,Buyer ${first + index},${notes}`,
  );
  return ['email,name,notes', ...(backwards ? lines.toReversed() : lines)].join('\n');
}

async function started(text: string): Promise<Id<'import'>> {
  const owner = as(company, 'OWNER');
  const id = await stage(owner, store, text);
  await startImport(owner, customerImport, id, {});
  return id;
}

const recordOf = async (id: Id<'import'>) =>
  (await getImport(as(company, 'OWNER'), customerImport, id)).record;
const storedNotes = async () =>
  new Set((await customersOf(as(company, 'OWNER'))).map(({ notes }) => notes));

async function bulkEntries() {
  const entries = await auditOf(as(company, 'OWNER'));
  return entries.filter(({ action }) => action === 'CustomerBulkImported');
}

/** The queue's part: the message comes again until its job ends, as often as it may, and then to the dead letters. */
async function deliver(id: Id<'import'>, tries = 6): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      await applyImport(job(company), customerImport, store, id);
      return;
    } catch {
      // Lost on the way: the queue delivers it again.
    }
  }
  await setFaults({});
  await failImport(job(company), customerImport, id, 'Start it again.');
}

describe('one import', () => {
  it('is applied once, however many copies of its message run at once', async () => {
    const id = await started(csv(ROWS, 'x'));
    await Promise.all(
      Array.from({ length: 4 }, () => applyImport(job(company), customerImport, store, id)),
    );
    expect(await recordOf(id)).toMatchObject({ state: 'done', created: ROWS, updated: 0 });
    const customers = await customersOf(as(company, 'OWNER'));
    expect(customers).toHaveLength(ROWS);
    expect(customers.every(({ version }) => version === 1)).toBe(true);
    expect(await bulkEntries()).toHaveLength(1);
  });

  it('is started once by many presses at once', async () => {
    const id = await stage(as(company, 'OWNER'), store, csv(3, 'x'));
    const presses = await Promise.all(
      Array.from({ length: 8 }, () => startImport(as(company, 'OWNER'), customerImport, id, {})),
    );
    expect(presses.filter(({ started: mine }) => mine)).toHaveLength(1);
  });

  it('is undone once by many presses at once', async () => {
    const id = await started(csv(500, 'x'));
    await deliver(id);
    await Promise.all(
      Array.from({ length: 4 }, () => undoImport(as(company, 'OWNER'), customerImport, id)),
    );
    expect(await recordOf(id)).toMatchObject({ undo: { removed: 500, restored: 0, kept: 0 } });
    expect(await customersOf(as(company, 'OWNER'))).toEqual([]);
    const entries = await auditOf(as(company, 'OWNER'));
    expect(entries.filter(({ action }) => action === 'CustomerBulkImportUndone')).toHaveLength(1);
  });
});

describe('imports at the same time', () => {
  it('both happen whole, whatever order their rows are in', async () => {
    const ids = await Promise.all([
      started(csv(ROWS, 'first')),
      started(csv(ROWS, 'second', ROWS / 2, true)),
      started(csv(ROWS, 'third', ROWS / 4)),
    ]);
    await Promise.all(ids.map((id) => applyImport(job(company), customerImport, store, id)));
    const records = await Promise.all(ids.map(recordOf));
    for (const record of records) {
      expect(record.state).toBe('done');
      expect((record.created ?? 0) + (record.updated ?? 0) + (record.unchanged ?? 0)).toBe(ROWS);
    }
    const created = records.reduce((sum, record) => sum + (record.created ?? 0), 0);
    expect(created).toBe(ROWS * 1.5);
    // Whoever came last has all of its rows.
    const customers = await customersOf(as(company, 'OWNER'));
    expect(customers).toHaveLength(ROWS * 1.5);
    const having = (text: string) => customers.filter(({ notes }) => notes === text).length;
    expect([having('first'), having('second'), having('third')]).toContain(ROWS);
  });

  it('and their undoing, and edits, never leave a row half changed', async () => {
    const first = await started(csv(1000, 'first'));
    await deliver(first);
    const second = await started(csv(1000, 'second', 500, true));
    const [victim] = (await getImport(as(company, 'OWNER'), customerImport, first)).changed;
    await Promise.all([
      applyImport(job(company), customerImport, store, second),
      undoImport(as(company, 'OWNER'), customerImport, first),
      victim &&
        updateCustomer(
          as(company, 'OWNER'),
          idFrom('customer', victim.id),
          { notes: 'edit' },
          null,
        ).catch(() => {}),
      createCustomer(as(company, 'OWNER'), { email: 'buyer1499@example.com' }).catch(() => {}),
    ]);
    const customers = await customersOf(as(company, 'OWNER'));
    const emails = new Set(customers.map(({ email }) => email));
    for (let row = 500; row < 1500; row++) expect(emails).toContain(`buyer${row}@example.com`);
    const imported = customers.filter(({ notes }) => notes === 'second');
    expect(imported).toHaveLength(1000);
    const { undo } = await recordOf(first);
    expect((undo?.removed ?? 0) + (undo?.kept ?? 0)).toBe(1000);
  });

  it('share the last places of a plan: one happens whole, the other not at all', async () => {
    company = await freshCompany({ maxCustomers: 150 });
    const ids = await Promise.all([started(csv(100, 'a')), started(csv(100, 'b', 1000))]);
    await Promise.all(ids.map((id) => applyImport(job(company), customerImport, store, id)));
    const states = (await Promise.all(ids.map(recordOf))).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['done', 'failed']);
    expect(await customersOf(as(company, 'OWNER'))).toHaveLength(100);
  });
});

describe('a job that is killed', () => {
  it.each([
    ['before it runs', { match: 'apply_customer_import', errorNext: 3 }],
    ['after it has committed', { match: 'apply_customer_import', dropNext: 2 }],
    ['while it looks up', { match: 'any(', errorNext: 1, dropNext: 1 }],
    ['as it begins', { match: 'update "imports"', dropNext: 2 }],
    ['now and then', { match: '', errorRate: 0.3, dropAfterCommitRate: 0.3 }],
  ])('%s: all of the file, once', async (_, faults) => {
    const id = await started(csv(1000, 'x'));
    await setFaults(faults);
    await deliver(id, 50);
    await setFaults({});
    expect(await recordOf(id)).toMatchObject({ state: 'done', created: 1000, updated: 0 });
    expect(await bulkEntries()).toHaveLength(1);
    await deliver(id);
    expect(await bulkEntries()).toHaveLength(1);
  });

  it('for good: nothing of the file, and it can be started again', async () => {
    const id = await started(csv(1000, 'x'));
    await setFaults({ match: 'apply_customer_import', errorRate: 1 });
    await deliver(id);
    expect(await recordOf(id)).toMatchObject({ state: 'failed', failure: 'Start it again.' });
    expect(await customersOf(as(company, 'OWNER'))).toEqual([]);
    expect(await startImport(as(company, 'OWNER'), customerImport, id, {})).toEqual({
      started: true,
    });
    await deliver(id);
    expect(await recordOf(id)).toMatchObject({ state: 'done', created: 1000 });
  });

  it('by its server, in the middle of the statement: all of the file, once', async () => {
    const owner = await connectOwner(inject('ownerUrl'));
    try {
      const id = await started(csv(ROWS, 'x'));
      let killed = 0;
      const delivered = deliver(id, 50).then(() => true);
      while (killed < 3 && !(await Promise.race([delivered, Promise.resolve(false)]))) {
        const { rowCount } = await owner.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where query like '%apply_customer_import%' and state = 'active' and pid <> pg_backend_pid()
             and now() - query_start > interval '20 ms'`,
        );
        killed += rowCount ?? 0;
      }
      await delivered;
      expect(killed).toBeGreaterThan(0);
      expect(await recordOf(id)).toMatchObject({ state: 'done', created: ROWS, updated: 0 });
      expect(await bulkEntries()).toHaveLength(1);
    } finally {
      await owner.end();
    }
  });
});

describe('a bad row far down', () => {
  it('4,999: found before anything is written', async () => {
    const lines = csv(ROWS, 'x').split('\n');
    lines[4_998] = 'not an address,Buyer,x';
    const id = await started(lines.join('\n'));
    await deliver(id);
    expect(await recordOf(id)).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/^Row 4999: Invalid email address\./),
    });
    expect(await customersOf(as(company, 'OWNER'))).toEqual([]);
  });

  it('refused by the database in the middle of the statement: nothing is left', async () => {
    const owner = await connectOwner(inject('ownerUrl'));
    const constraint = `test_${company.id}`;
    try {
      await createCustomer(as(company, 'OWNER'), { email: 'buyer1@example.com', notes: 'before' });
      await owner.query(
        `alter table customers add constraint ${constraint}
         check (company_id <> '${company.id}' or email <> 'buyer4998@example.com')`,
      );
      const id = await started(csv(ROWS, 'x'));
      await deliver(id);
      expect(await recordOf(id)).toMatchObject({
        state: 'failed',
        failure: expect.stringMatching(/^The database refused .* Nothing was changed\.$/),
      });
      expect(await storedNotes()).toEqual(new Set(['before']));
      expect(await bulkEntries()).toEqual([]);
    } finally {
      await owner.query(`alter table customers drop constraint if exists ${constraint}`);
      await owner.end();
    }
  });
});

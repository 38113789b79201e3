import { describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, idFrom } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { as, context, freshCompany, LONG_AGO } from '../../test/context.ts';
import { MemoryStore, auditOf, customersOf, importCsv, job, stage } from '../../test/imports.ts';
import { customerImport } from './customer-import.ts';
import { applyImport } from './apply-import.ts';
import { failImport } from './fail-import.ts';
import { previewStagedImport } from './preview-staged-import.ts';
import { getImport, listImports } from './queries.ts';
import { stageImport, storedFileName } from './stage-import.ts';
import { startImport } from './start-import.ts';
import { deleteExpiredImports, findLostImports } from './sweep-imports.ts';
import { undoImport } from './undo-import.ts';

const DAY_MS = 86_400_000;
const later = (days: number, since = Date.now()) => ({ now: new Date(since + days * DAY_MS) });
const recordOf = async (company: CompanyFixture, id: Id<'import'>) =>
  (await getImport(as(company, 'OWNER'), customerImport, id)).record;

describe('staging', () => {
  it('keeps nothing of a file beyond the limits', async () => {
    const company = await freshCompany();
    const store = new MemoryStore();
    const bytes = new TextEncoder().encode('email\n'.padEnd(2 * 1024 * 1024 + 1, 'x'));
    expect(
      await stageImport(as(company, 'MEMBER'), customerImport, store, { name: 'a.csv', bytes }),
    ).toEqual({
      ok: false,
      message: 'File is too large: 2.01 MB. The limit is 2 MB.',
    });
    expect(store.files.size).toBe(0);
    expect(await listImports(as(company, 'MEMBER'), customerImport)).toEqual([]);
  });

  it('shows a name that is short and can be stored', () => {
    expect(storedFileName('C:\\lists\\Kunden 2026.csv')).toBe('Kunden 2026.csv');
    expect(storedFileName('a\0b\n.csv')).toBe('a b .csv');
    expect(storedFileName('\ud800.csv')).toBe('\ufffd.csv');
    expect(storedFileName(' ')).toBe('Unnamed file');
    expect(Array.from(storedFileName('😀'.repeat(300)))).toHaveLength(100);
  });

  it('is a company’s own', async () => {
    const [company, other] = await Promise.all([freshCompany(), freshCompany()]);
    const store = new MemoryStore();
    const id = await stage(as(company, 'OWNER'), store, 'email\na@b.co\n');
    const stranger = as(other, 'OWNER');
    await expect(getImport(stranger, customerImport, id)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(startImport(stranger, customerImport, id, {})).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(undoImport(stranger, customerImport, id)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await previewStagedImport(stranger, customerImport, store, id, {})).toMatchObject({
      ok: false,
    });
    await expect(
      getImport(stranger, customerImport, idFrom('import', '../x')),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('preview', () => {
  it('compares with what is stored and follows the mapping', async () => {
    const company = await freshCompany({ maxCustomers: 2 });
    const ctx = as(company, 'OWNER');
    await createCustomer(ctx, { email: 'a@b.co', name: 'Anna', notes: 'keep' });
    const store = new MemoryStore();
    const id = await stage(ctx, store, 'Login,Name\nA@b.co,Anna\nc@d.co,Carl\ne@f.co,Eve\n');
    const unmapped = await previewStagedImport(ctx, customerImport, store, id, {});
    expect(unmapped).toMatchObject({ ok: true, obstacle: 'Choose the column of Email.' });
    const mapped = await previewStagedImport(ctx, customerImport, store, id, { email: '0' });
    expect(mapped).toMatchObject({
      ok: true,
      obstacle: 'This file creates 2 customers. You have 1, and your plan allows 2.',
      preview: { creates: 2, updates: 0, unchanged: 1 },
    });
    expect(await customersOf(ctx)).toHaveLength(1);
  });

  it('says when the file is no longer kept', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    const store = new MemoryStore();
    const id = await stage(ctx, store, 'email\na@b.co\n');
    store.files.clear();
    expect(await previewStagedImport(ctx, customerImport, store, id, {})).toEqual({
      ok: false,
      reason: 'file_gone',
    });
  });
});

describe('apply', () => {
  it('creates, updates what differs, leaves the rest, and says so once in the audit log', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    await createCustomer(ctx, { email: 'same@b.co', name: 'Same', notes: 'n' });
    await createCustomer(ctx, { email: 'old@b.co', name: 'Old', creditLimit: 5, notes: 'Dock B' });
    await createCustomer(ctx, { email: 'other@b.co', name: 'Not in the file' });
    const id = await importCsv(
      company,
      'email,name,creditLimit\nsame@b.co,Same,\nOLD@b.co,ÄNNE,\nnew@b.co,Neu,12.5\n',
    );
    expect(await recordOf(company, id)).toMatchObject({
      state: 'done',
      created: 1,
      updated: 1,
      unchanged: 1,
    });
    expect(await customersOf(ctx)).toMatchObject([
      {
        email: 'new@b.co',
        name: 'Neu',
        status: 'ACTIVE',
        notes: null,
        creditLimitCents: 1250,
        nameKey: 'neu',
        searchKey: 'new@b.co\nneu',
        version: 1,
      },
      // No notes column, so the notes stay; the empty limit clears (decision 11).
      {
        email: 'old@b.co',
        name: 'ÄNNE',
        notes: 'Dock B',
        creditLimitCents: null,
        nameKey: 'änne',
        searchKey: 'old@b.co\nänne',
        version: 2,
      },
      { email: 'other@b.co', version: 1 },
      { email: 'same@b.co', version: 1 },
    ]);
    const bulk = (await auditOf(ctx)).filter(({ action }) => action !== 'CustomerCreated');
    expect(bulk).toMatchObject([
      {
        action: 'CustomerBulkImported',
        actorType: 'USER',
        actorId: company.staff[0]?.userId,
        actorName: company.staff[0]?.name,
        entityId: id,
        details: { created: 1, updated: 1 },
      },
    ]);
  });

  it('is one job however often it is started or its message comes', async () => {
    const company = await freshCompany();
    const store = new MemoryStore();
    const id = await stage(as(company, 'OWNER'), store, 'email\na@b.co\n');
    expect(await startImport(as(company, 'OWNER'), customerImport, id, {})).toEqual({
      started: true,
    });
    expect(await startImport(as(company, 'ADMIN'), customerImport, id, {})).toEqual({
      started: false,
    });
    await applyImport(job(company), customerImport, store, id);
    await applyImport(job(company), customerImport, store, id);
    expect(await startImport(as(company, 'OWNER'), customerImport, id, {})).toEqual({
      started: false,
    });
    expect(await recordOf(company, id)).toMatchObject({ state: 'done', created: 1, updated: 0 });
    expect((await auditOf(as(company, 'OWNER'))).map(({ action }) => action)).toEqual([
      'CustomerBulkImported',
    ]);
  });

  it('does nothing before it is started', async () => {
    const company = await freshCompany();
    const store = new MemoryStore();
    const id = await stage(as(company, 'OWNER'), store, 'email\na@b.co\n');
    await applyImport(job(company), customerImport, store, id);
    expect(await customersOf(as(company, 'OWNER'))).toEqual([]);
    expect((await recordOf(company, id)).state).toBe('staged');
  });

  it('leaves nothing behind when the plan has no room, and can be started again', async () => {
    const company = await freshCompany({ maxCustomers: 2 });
    const store = new MemoryStore();
    await createCustomer(as(company, 'OWNER'), { email: 'a@b.co', notes: 'before' });
    const csv = 'email,notes\na@b.co,after\nb@b.co,\nc@b.co,\n';
    const id = await importCsv(company, csv, {}, store);
    expect(await recordOf(company, id)).toMatchObject({
      state: 'failed',
      failure: "Creating 2 customers would pass your plan's customer limit. Nothing was changed.",
    });
    expect(await customersOf(as(company, 'OWNER'))).toMatchObject([
      { notes: 'before', version: 1 },
    ]);
    expect(await startImport(as(company, 'OWNER'), customerImport, id, {})).toEqual({
      started: true,
    });
    await failImport(job(company), customerImport, id, 'Start it again.');
    expect(await recordOf(company, id)).toMatchObject({ failure: 'Start it again.' });
  });

  it('reports what really happened when customers changed since the preview', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const store = new MemoryStore();
    const id = await stage(ctx, store, 'email,notes\na@b.co,x\nb@b.co,y\n');
    expect(await previewStagedImport(ctx, customerImport, store, id, {})).toMatchObject({
      preview: { creates: 2 },
    });
    await createCustomer(ctx, { email: 'a@b.co', notes: 'x' });
    await createCustomer(ctx, { email: 'b@b.co', notes: 'z' });
    await startImport(ctx, customerImport, id, {});
    await applyImport(job(company), customerImport, store, id);
    expect(await recordOf(company, id)).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
  });

  it('accepts a longer stored name that it does not change, and fails in words when it no longer fits', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const name = 'N'.repeat(150);
    const customer = await createCustomer(ctx, { email: 'a@b.co', name });
    const csv = `email,name,notes\na@b.co,${name},n\n`;
    const first = await importCsv(company, csv);
    expect(await recordOf(company, first)).toMatchObject({ state: 'done', updated: 1 });
    await updateCustomer(ctx, customer.id, { name: 'Short' }, null);
    const second = await importCsv(company, csv);
    expect(await recordOf(company, second)).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/^Row 2: Name must be at most 100 .* Nothing was changed\.$/),
    });
  });

  it('fails in words when the file is gone', async () => {
    const company = await freshCompany();
    const store = new MemoryStore();
    const id = await stage(as(company, 'OWNER'), store, 'email\na@b.co\n');
    await startImport(as(company, 'OWNER'), customerImport, id, {});
    store.files.clear();
    await applyImport(job(company), customerImport, store, id);
    expect(await recordOf(company, id)).toMatchObject({
      state: 'failed',
      failure: 'The uploaded file is no longer kept. Upload it again.',
    });
  });
});

describe('sweep', () => {
  it('finds jobs whose message was lost, and not again at once', async () => {
    const company = await freshCompany();
    const store = new MemoryStore();
    const id = await stage(as(company, 'OWNER'), store, 'email\na@b.co\n');
    await startImport(as(company, 'OWNER', { now: LONG_AGO }), customerImport, id, {});
    const at = (ms: number) =>
      context({ kind: 'nobody' }, { now: new Date(LONG_AGO.getTime() + ms) });
    const message = { kind: 'customers', importId: id, companyId: company.id };
    expect(await findLostImports(at(60_000))).not.toContainEqual(message);
    expect(await findLostImports(at(150_000))).toContainEqual(message);
    expect(await findLostImports(at(150_000))).not.toContainEqual(message);
    await applyImport(job(company), customerImport, store, id);
    expect(await findLostImports(at(900_000))).not.toContainEqual(message);
  });

  it('deletes stale uploads, and what undoing needed after 30 days, but not the history', async () => {
    const company = await freshCompany();
    const store = new MemoryStore();
    const then = () => as(company, 'OWNER', { now: LONG_AGO });
    const sweptAfter = (days: number) =>
      deleteExpiredImports(context({ kind: 'nobody' }, later(days, LONG_AGO.getTime())), store);
    const staged = await stage(then(), store, 'email\nx@b.co\n');
    const done = await stage(then(), store, 'email\na@b.co\n');
    await startImport(then(), customerImport, done, {});
    await applyImport(job(company, { now: LONG_AGO }), customerImport, store, done);
    expect(store.files.size).toBe(2);
    await sweptAfter(8);
    expect(store.files.size).toBe(1);
    await expect(recordOf(company, staged)).rejects.toMatchObject({ code: 'not_found' });
    await sweptAfter(31);
    expect(store.files.size).toBe(0);
    const { record, changed } = await getImport(as(company, 'OWNER'), customerImport, done);
    expect(record).toMatchObject({ state: 'done', created: 1, keptUntil: null });
    expect(changed).toEqual([]);
    await expect(undoImport(as(company, 'OWNER'), customerImport, done)).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

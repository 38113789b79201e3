import { describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { auditEntries } from '#db/schema/index.ts';
import { as, context, freshCompany } from '../../test/context.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { updateCustomer } from '../customers/update-customer.ts';
import { tenant } from '../tenant.ts';
import { inWords } from './actions.ts';
import { listAuditEntries, recentChanges } from './queries.ts';
import { type AuditFilter, auditFilter } from './schema.ts';

type Entry = Partial<typeof auditEntries.$inferInsert>;

/** Entries as they would have been written at other times and by others. */
async function record(company: CompanyFixture, entries: Entry[]): Promise<void> {
  const ctx = context({ kind: 'job', companyId: company.id, actor: 'Test' });
  await tenant(ctx, 'audit:read', 'bulk').batch([
    ctx.db.insert(auditEntries).values(
      entries.map((entry) => ({
        companyId: company.id,
        actorType: 'SYSTEM' as const,
        action: 'CustomerUpdated',
        entityType: 'Customer',
        details: {},
        ...entry,
      })),
    ),
  ]);
}

async function named(company: CompanyFixture, filter: AuditFilter): Promise<(string | null)[]> {
  const { rows } = await listAuditEntries(as(company, 'ADMIN'), filter, { limit: 100 });
  return rows.map(({ entityName }) => entityName);
}

describe('the audit log', () => {
  it('filters by actor, action, kind of thing and one thing, and all of them together', async () => {
    const company = await freshCompany();
    await record(company, [
      {
        entityName: 'one',
        actorType: 'CUSTOMER',
        action: 'OrderPlaced',
        entityType: 'Order',
        entityId: 'ord_1',
      },
      {
        entityName: 'two',
        actorType: 'SYSTEM',
        action: 'OrderPlaced',
        entityType: 'Order',
        entityId: 'ord_2',
      },
      { entityName: 'three', actorType: 'CUSTOMER', entityId: 'cus_1' },
    ]);
    expect(await named(company, {})).toEqual(['three', 'two', 'one']);
    expect(await named(company, { actorType: 'CUSTOMER' })).toEqual(['three', 'one']);
    expect(await named(company, { action: 'OrderPlaced' })).toEqual(['two', 'one']);
    expect(await named(company, { entityType: 'Customer' })).toEqual(['three']);
    expect(await named(company, { entity: 'ord_2' })).toEqual(['two']);
    expect(
      await named(company, { actorType: 'CUSTOMER', action: 'OrderPlaced', entityType: 'Order' }),
    ).toEqual(['one']);
    expect(await named(company, { action: 'Nothing' })).toEqual([]);
  });

  it('counts days where the company is', async () => {
    const company = await freshCompany({ timeZone: 'America/New_York' });
    await record(company, [
      { entityName: 'ninth', createdAt: new Date('2026-06-10T03:59:59.999Z') },
      { entityName: 'tenth', createdAt: new Date('2026-06-10T04:00:00.000Z') },
      { entityName: 'still tenth', createdAt: new Date('2026-06-11T03:59:59.999Z') },
      { entityName: 'eleventh', createdAt: new Date('2026-06-11T04:00:00.000Z') },
    ]);
    expect(await named(company, { from: '2026-06-10', to: '2026-06-10' })).toEqual([
      'still tenth',
      'tenth',
    ]);
    expect(await named(company, { from: '2026-06-11' })).toEqual(['eleventh']);
    expect(await named(company, { to: '2026-06-09' })).toEqual(['ninth']);
    expect(await named(company, { from: '2026-06-11', to: '2026-06-09' })).toEqual([]);
  });

  it('pages through entries of one moment without skipping or repeating, forwards and back', async () => {
    const company = await freshCompany();
    const at = new Date('2026-06-10T12:00:00.000Z');
    await record(
      company,
      Array.from({ length: 7 }, (_, n) => ({ entityName: `e${n}`, createdAt: at })),
    );
    const ctx = as(company, 'OWNER');
    const page = (cursor?: string | null, backwards = false) =>
      listAuditEntries(ctx, {}, { limit: 3, cursor: cursor ?? undefined, backwards });
    const one = await page();
    const two = await page(one.last);
    await record(company, [{ entityName: 'newer' }]);
    const three = await page(two.last);
    expect([...one.rows, ...two.rows, ...three.rows].map((row) => row.entityName)).toEqual([
      'e6',
      'e5',
      'e4',
      'e3',
      'e2',
      'e1',
      'e0',
    ]);
    expect([one.hasMore, two.hasMore, three.hasMore]).toEqual([true, true, false]);
    expect((await page(three.first, true)).rows).toEqual(two.rows);
    expect((await page(two.first, true)).hasMore).toBe(true);
  });

  it('starts at the newest entry when the cursor is none of ours', async () => {
    const company = await freshCompany();
    await record(company, [{ entityName: 'only' }]);
    for (const cursor of ['nonsense', btoa('["audit","2026-13-01T00:00:00.000Z","1"]'), '']) {
      const { rows } = await listAuditEntries(
        as(company, 'OWNER'),
        {},
        { limit: 3, cursor, backwards: true },
      );
      expect(rows).toHaveLength(1);
    }
  });

  it('tells the history of one customer', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    const { id } = await createCustomer(ctx, { email: 'a@b.co' });
    await createCustomer(ctx, { email: 'c@d.co' });
    await updateCustomer(ctx, id, { notes: 'Dock B' }, null);
    const [entries] = await tenant(ctx, 'customers:read').batch([
      recentChanges(ctx, { entity: id }, 10),
    ]);
    expect(entries.map(({ action }) => action)).toEqual(['CustomerUpdated', 'CustomerCreated']);
  });

  it('is closed to members and to other companies', async () => {
    const company = await freshCompany();
    await record(company, [{ entityName: 'secret', entityId: 'cus_1' }]);
    await expect(listAuditEntries(as(company, 'MEMBER'), {}, { limit: 3 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await named(await freshCompany(), { entity: 'cus_1' })).toEqual([]);
  });

  it('cannot be rewritten', async () => {
    const company = await freshCompany();
    await record(company, [{}]);
    const ctx = as(company, 'OWNER');
    await expect(tenant(ctx, 'audit:read').batch([ctx.db.delete(auditEntries)])).rejects.toThrow();
    await expect(
      tenant(ctx, 'audit:read').batch([ctx.db.update(auditEntries).set({ action: 'X' })]),
    ).rejects.toThrow();
  });
});

describe('an address of the audit log', () => {
  it('loses what makes no sense', () => {
    expect(
      auditFilter({
        actor: 'GOD',
        action: 'drop table',
        type: '',
        entity: ' ',
        from: '',
      }),
    ).toEqual({});
    expect(
      auditFilter({
        actor: 'API_KEY',
        action: 'OrderPlaced',
        type: 'Order',
        entity: ' cus_1 ',
        from: '2026-02-28',
      }),
    ).toEqual({
      actorType: 'API_KEY',
      action: 'OrderPlaced',
      entityType: 'Order',
      entity: 'cus_1',
      from: '2026-02-28',
      typed: { from: '2026-02-28' },
    });
  });

  it('says which days are not applied, and looks for an id that nothing can have', () => {
    expect(auditFilter({ from: '2026-02-30', entity: 'a\0b' })).toEqual({
      entity: 'a\uFFFDb',
      typed: { from: '2026-02-30' },
      problems: { from: 'From must be a date like 2026-11-30, not “2026-02-30”.' },
    });
    expect(auditFilter({ from: '2026-03-02', to: '2026-03-01' })).toMatchObject({
      from: undefined,
      to: undefined,
      problems: { from: 'From is later than To.' },
    });
  });

  it('names actions in words', () => {
    expect(inWords('CustomerStatusChanged')).toBe('Customer status changed');
    expect(inWords('ApiKeyRevoked')).toBe('API key revoked');
    expect(inWords('CustomerBulkImported')).toBe('Customers imported');
  });
});

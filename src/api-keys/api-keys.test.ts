import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { newId } from '#db/ids.ts';
import { companies } from '#db/schema/index.ts';
import { CONFIRMATION, as, context, freshCompany } from '../../test/context.ts';
import { listAuditEntries } from '../audit/queries.ts';
import type { Ctx } from '../context.ts';
import { listCustomers } from '../customers/queries.ts';
import { DAY_MS } from '../lib/durations.ts';
import { sha256 } from '../lib/sha256.ts';
import { system } from '../tenant.ts';
import { createApiKey } from './create-api-key.ts';
import { apiKeyState, listApiKeys } from './queries.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import { ApiKeyInput, scopeLabel } from './schema.ts';

const input = { name: 'ERP', scopes: ['customers:read', 'products:read'] };
const FIRST_PAGE = { limit: 1, sort: 'created', descending: true } as const;

const create = (ctx: Ctx, raw: object = input, id = newId('apiKey')) =>
  createApiKey(ctx, id, raw, CONFIRMATION);

async function created(...args: Parameters<typeof create>) {
  const result = await create(...args);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

async function useKey(key: string, now = new Date()) {
  return listCustomers(context({ kind: 'api_key', hash: await sha256(key) }, { now }), FIRST_PAGE);
}

describe('API keys', () => {
  it('are shown once, work, and are listed without being given away', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'ADMIN');
    const { key, list } = await created(ctx);
    expect(key).toMatch(/^dk_[A-Za-z0-9_-]{43}$/);
    expect(list.keys).toMatchObject([
      {
        name: 'ERP',
        prefix: key.slice(0, 12),
        scopes: ['products:read', 'customers:read'],
        createdByName: ctx.staff?.userName,
        expiresAt: null,
        lastUsedAt: null,
      },
    ]);
    expect(JSON.stringify(list)).not.toContain(key);
    expect((await useKey(key)).rows).toEqual([]);
    expect((await listApiKeys(ctx)).keys[0]?.lastUsedAt).toBeInstanceOf(Date);
    const { rows } = await listAuditEntries(ctx, { entityType: 'ApiKey' }, { limit: 5 });
    expect(rows.map(({ action, entityName }) => [action, entityName])).toEqual([
      ['ApiKeyCreated', 'ERP'],
    ]);
    expect(JSON.stringify(rows)).not.toContain(await sha256(key));
  });

  it('are created once, however often the form is sent', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    const id = newId('apiKey');
    await created(ctx, input, id);
    const again = await create(ctx, { ...input, name: 'Other' }, id);
    expect(again).toMatchObject({ ok: false, reason: 'already_created', name: 'ERP' });
    expect(again.list.keys).toHaveLength(1);
  });

  it('may share a form key with another company without meeting', async () => {
    const id = newId('apiKey');
    await created(as(await freshCompany(), 'OWNER'), input, id);
    const { list } = await created(as(await freshCompany(), 'OWNER'), input, id);
    expect(list.keys).toHaveLength(1);
  });

  it('end when their last day ends where the company is', async () => {
    const company = await freshCompany({ timeZone: 'America/New_York' });
    const ctx = as(company, 'OWNER', { now: new Date('2026-06-10T12:00:00Z') });
    const { key, list } = await created(ctx, { ...input, expiresOn: '2026-06-30' });
    expect(list.keys[0]?.expiresAt?.toISOString()).toBe('2026-07-01T03:59:59.999Z');
    await useKey(key, new Date('2026-07-01T03:59:59Z'));
    await expect(useKey(key, new Date('2026-07-01T04:00:00Z'))).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  it('may end today but not before', async () => {
    // Still the 10th in New York.
    const now = new Date('2026-06-11T02:00:00Z');
    const ctx = as(await freshCompany({ timeZone: 'America/New_York' }), 'OWNER', { now });
    expect(await create(ctx, { ...input, expiresOn: '2026-06-09' })).toMatchObject({
      ok: false,
      reason: 'expiry_past',
      list: { keys: [], active: 0, most: 25 },
    });
    const { list } = await created(ctx, { ...input, expiresOn: '2026-06-10' });
    expect(list.keys).toHaveLength(1);
  });

  it('are refused at once when revoked, and revoking is told in the log once', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    const id = newId('apiKey');
    const { key } = await created(ctx, input, id);
    expect(await revokeApiKey(ctx, id)).toEqual({ name: 'ERP' });
    await expect(useKey(key)).rejects.toMatchObject({
      message: 'Invalid, expired, or revoked API key.',
    });
    await revokeApiKey(ctx, id);
    const { rows } = await listAuditEntries(ctx, { action: 'ApiKeyRevoked' }, { limit: 5 });
    expect(rows).toHaveLength(1);
  });

  it('lists those that work before those that do not', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    const [first, second] = [newId('apiKey'), newId('apiKey')];
    await created(ctx, { ...input, name: 'First' }, first);
    await created(ctx, { ...input, name: 'Second' }, second);
    await revokeApiKey(ctx, second);
    const { keys } = await listApiKeys(ctx);
    expect(keys.map((key) => [key.name, apiKeyState(key, ctx.now)])).toEqual([
      ['First', 'Active'],
      ['Second', 'Revoked'],
    ]);
  });

  it('may be 25 active ones and no more, or as many as the operator says', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const [first, again] = [newId('apiKey'), newId('apiKey')];
    await created(ctx, input, first);
    const past = as(company, 'OWNER', { now: new Date(Date.now() - 9 * DAY_MS) });
    const yesterday = new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10);
    await created(past, { ...input, expiresOn: yesterday });
    for (let count = 1; count < 25; count += 1) await created(ctx);
    const full = { ok: false, reason: 'too_many', list: { active: 25, most: 25 } };
    expect(await create(ctx, input, again)).toMatchObject(full);
    expect(await create(ctx, input, first)).toMatchObject({ reason: 'already_created' });
    await revokeApiKey(ctx, first);
    const { key } = await created(ctx, input, again);

    const limit = (maxApiKeys: number | null) =>
      system(ctx).batch([
        ctx.db.update(companies).set({ maxApiKeys }).where(eq(companies.id, company.id)),
      ]);
    await limit(2);
    expect(await create(ctx)).toMatchObject({ ...full, list: { active: 25, most: 2 } });
    await useKey(key);
    await limit(26);
    await created(ctx);
    expect(await create(ctx)).toMatchObject({ ...full, list: { active: 26, most: 26 } });
  });

  it('are not made in a session whose password is not confirmed', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    for (const passwordHash of [null, 'another hash']) {
      const refused = createApiKey(ctx, newId('apiKey'), input, { passwordHash });
      await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect((await listApiKeys(ctx)).keys).toEqual([]);
  });

  it('tells an expired key from one that works', () => {
    const now = new Date('2026-01-02');
    expect(apiKeyState({ revokedAt: null, expiresAt: new Date('2026-01-01') }, now)).toBe(
      'Expired',
    );
    expect(apiKeyState({ revokedAt: null, expiresAt: new Date('2026-01-03') }, now)).toBe('Active');
  });

  it('belong to their company and to those who manage it', async () => {
    const company = await freshCompany();
    const id = newId('apiKey');
    await created(as(company, 'OWNER'), input, id);
    const stranger = as(await freshCompany(), 'OWNER');
    await expect(revokeApiKey(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await listApiKeys(stranger)).keys).toEqual([]);
    const member = as(company, 'MEMBER');
    for (const refused of [
      () => listApiKeys(member),
      () => create(member),
      () => revokeApiKey(member, id),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect((await listApiKeys(as(company, 'OWNER'))).keys[0]?.revokedAt).toBeNull();
  });

  it.each([
    [{ name: ' ' }, 'Name must be between 1 and 100 characters.'],
    [{ name: 'x'.repeat(101) }, 'Name must be between 1 and 100 characters.'],
    [{ scopes: [] }, 'Choose at least one scope.'],
    [{ scopes: undefined }, 'Choose at least one scope.'],
    [{ scopes: ['admin'] }, 'Choose scopes from the list.'],
    [{ expiresOn: '2026-02-30' }, 'Choose a date, or leave it empty.'],
    [{ expiresOn: 'soon' }, 'Choose a date, or leave it empty.'],
  ])('refuse %j', (wrong, message) => {
    expect(ApiKeyInput.safeParse({ ...input, ...wrong }).error?.issues[0]?.message).toBe(message);
  });

  it('take one ticked box or many, and name scopes for people', () => {
    expect(ApiKeyInput.parse({ name: 'x', scopes: 'orders:read' }).scopes).toEqual(['orders:read']);
    expect(scopeLabel('products:read')).toBe('Products — Read');
  });
});

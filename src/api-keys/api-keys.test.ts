import { describe, expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { as, context, freshCompany } from '../../test/context.ts';
import { listAuditEntries } from '../audit/queries.ts';
import { listCustomers } from '../customers/queries.ts';
import { sha256 } from '../lib/sha256.ts';
import { createApiKey } from './create-api-key.ts';
import { apiKeyState, listApiKeys } from './queries.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import { ApiKeyInput, scopeLabel } from './schema.ts';

const input = { name: 'ERP', scopes: ['customers:read', 'products:read'] };
const FIRST_PAGE = { limit: 1, sort: 'created', descending: true } as const;

async function created(...[ctx, id, raw]: Parameters<typeof createApiKey>) {
  const result = await createApiKey(ctx, id, raw);
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
    const { key, keys } = await created(ctx, newId('apiKey'), input);
    expect(key).toMatch(/^dk_[A-Za-z0-9_-]{43}$/);
    expect(keys).toMatchObject([
      {
        name: 'ERP',
        prefix: key.slice(0, 12),
        scopes: ['products:read', 'customers:read'],
        createdByName: ctx.staff?.userName,
        expiresAt: null,
        lastUsedAt: null,
      },
    ]);
    expect(JSON.stringify(keys)).not.toContain(key);
    expect((await useKey(key)).rows).toEqual([]);
    expect((await listApiKeys(ctx))[0]?.lastUsedAt).toBeInstanceOf(Date);
    const { rows } = await listAuditEntries(ctx, { entityType: 'ApiKey' }, { limit: 5 });
    expect(rows.map(({ action, entityName }) => [action, entityName])).toEqual([
      ['ApiKeyCreated', 'ERP'],
    ]);
    expect(JSON.stringify(rows)).not.toContain(await sha256(key));
  });

  it('are created once, however often the form is sent', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    const id = newId('apiKey');
    await created(ctx, id, input);
    const again = await createApiKey(ctx, id, { ...input, name: 'Other' });
    expect(again).toMatchObject({ ok: false, reason: 'already_created', name: 'ERP' });
    expect(again.keys).toHaveLength(1);
  });

  it('may share a form key with another company without meeting', async () => {
    const id = newId('apiKey');
    await created(as(await freshCompany(), 'OWNER'), id, input);
    expect((await created(as(await freshCompany(), 'OWNER'), id, input)).keys).toHaveLength(1);
  });

  it('end when their last day ends where the company is', async () => {
    const company = await freshCompany({ timeZone: 'America/New_York' });
    const ctx = as(company, 'OWNER', { now: new Date('2026-06-10T12:00:00Z') });
    const { key, keys } = await created(ctx, newId('apiKey'), {
      ...input,
      expiresOn: '2026-06-30',
    });
    expect(keys[0]?.expiresAt?.toISOString()).toBe('2026-07-01T03:59:59.999Z');
    await useKey(key, new Date('2026-07-01T03:59:59Z'));
    await expect(useKey(key, new Date('2026-07-01T04:00:00Z'))).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  it('may end today but not before', async () => {
    // Still the 10th in New York.
    const now = new Date('2026-06-11T02:00:00Z');
    const ctx = as(await freshCompany({ timeZone: 'America/New_York' }), 'OWNER', { now });
    expect(
      await createApiKey(ctx, newId('apiKey'), { ...input, expiresOn: '2026-06-09' }),
    ).toMatchObject({
      ok: false,
      reason: 'expiry_past',
      keys: [],
    });
    expect(
      (await created(ctx, newId('apiKey'), { ...input, expiresOn: '2026-06-10' })).keys,
    ).toHaveLength(1);
  });

  it('are refused at once when revoked, and revoking is told in the log once', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    const id = newId('apiKey');
    const { key } = await created(ctx, id, input);
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
    await created(ctx, first, { ...input, name: 'First' });
    await created(ctx, second, { ...input, name: 'Second' });
    await revokeApiKey(ctx, second);
    const keys = await listApiKeys(ctx);
    expect(keys.map((key) => [key.name, apiKeyState(key, ctx.now)])).toEqual([
      ['First', 'Active'],
      ['Second', 'Revoked'],
    ]);
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
    await created(as(company, 'OWNER'), id, input);
    const stranger = as(await freshCompany(), 'OWNER');
    await expect(revokeApiKey(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await listApiKeys(stranger)).toEqual([]);
    const member = as(company, 'MEMBER');
    for (const refused of [
      () => listApiKeys(member),
      () => createApiKey(member, newId('apiKey'), input),
      () => revokeApiKey(member, id),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect((await listApiKeys(as(company, 'OWNER')))[0]?.revokedAt).toBeNull();
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

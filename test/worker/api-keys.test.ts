import { beforeAll, describe, expect, it } from 'vitest';
import { type CompanyFixture } from '#db/factories.ts';
import { apiKeys } from '#db/schema/index.ts';
import { tenant } from '#src/tenant.ts';
import { eq } from 'drizzle-orm';
import { type Answer, type CallOptions, call } from '../api.ts';
import { context, freshCompany } from '../context.ts';
import { apiKeyFor } from '../server.ts';

const MISSING = {
  error: 'Missing or invalid Authorization header. Use: Bearer <api_key>',
  code: 'unauthorized',
};
const INVALID = { error: 'Invalid, expired, or revoked API key.', code: 'unauthorized' };
const UNKNOWN_KEY = `dk_${'A'.repeat(43)}`;

/** Every route of this version, once with sound and once with unsound input. */
const REQUESTS: [string, string, string, CallOptions][] = [
  ['customers:read', 'GET', '/customers', {}],
  ['customers:read', 'GET', '/customers?status=nonsense', {}],
  ['customers:read', 'GET', '/customers/cus_nobody', {}],
  ['customers:write', 'POST', '/customers', { json: { email: 'a@key.test' } }],
  ['customers:write', 'POST', '/customers', { raw: '' }],
  ['customers:write', 'POST', '/customers', { raw: '{', headers: { 'Content-Type': 'text/csv' } }],
  ['customers:write', 'POST', '/customers', { raw: 'x'.repeat(1_100_000) }],
  ['customers:write', 'PATCH', '/customers/cus_nobody', { json: {} }],
  ['customers:write', 'PATCH', '/customers/cus_nobody', { raw: '{' }],
];

async function revoke(company: CompanyFixture, hash: string): Promise<void> {
  const ctx = context({ kind: 'job', companyId: company.id, actor: 'Test' });
  await tenant(ctx, 'api_keys:write').batch([
    ctx.db.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.hash, hash)),
  ]);
}

const onEveryRoute = (key: string) =>
  Promise.all(REQUESTS.map(([, method, path, options]) => call(method, path, { ...options, key })));

const shown = (answers: Answer[]) => answers.map(({ status, body }) => ({ status, body }));
const always = (status: number, body: object) => REQUESTS.map(() => ({ status, body }));

describe('API keys', () => {
  let company: CompanyFixture;
  beforeAll(async () => {
    company = await freshCompany();
  });

  it.each([
    ['nothing', {}],
    ['another scheme', { Authorization: 'Basic ZGs6' }],
    ['a lower-case scheme', { Authorization: `bearer ${UNKNOWN_KEY}` }],
    ['an upper-case scheme', { Authorization: `BEARER ${UNKNOWN_KEY}` }],
    ['no key', { Authorization: 'Bearer' }],
    ['two words', { Authorization: `Bearer ${UNKNOWN_KEY} x` }],
    ['a key without its scheme', { Authorization: UNKNOWN_KEY }],
  ])('refuses %s for a header', async (_, headers) => {
    for (const [, method, path, options] of REQUESTS) {
      const answer = await call(method, path, {
        ...options,
        headers: { ...options.headers, ...headers },
      });
      expect(shown([answer])).toEqual([{ status: 401, body: MISSING }]);
    }
  });

  it('refuses a key nobody has, whatever else is wrong', async () => {
    expect(shown(await onEveryRoute(UNKNOWN_KEY))).toEqual(always(401, INVALID));
    expect(shown(await onEveryRoute('schlüssel'))).toEqual(always(401, INVALID));
  });

  it('refuses an expired key', async () => {
    const { key } = await apiKeyFor(company, undefined, { expiresAt: new Date(Date.now() - 1000) });
    expect(shown(await onEveryRoute(key))).toEqual(always(401, INVALID));
    const later = await apiKeyFor(company, undefined, { expiresAt: new Date(Date.now() + 60_000) });
    expect((await call('GET', '/customers', { key: later.key })).status).toBe(200);
  });

  it('refuses a revoked key at its next request', async () => {
    const { key, hash } = await apiKeyFor(company);
    expect((await call('GET', '/customers', { key })).status).toBe(200);
    await revoke(company, hash);
    expect(shown(await onEveryRoute(key))).toEqual(always(401, INVALID));
    expect(shown([await call('DELETE', '/customers', { key })])).toEqual([
      { status: 401, body: INVALID },
    ]);
  });

  it('refuses what the scopes of a key do not allow, and names the scope', async () => {
    const { key } = await apiKeyFor(company, ['orders:read']);
    const lacking = REQUESTS.map(([scope]) => ({
      status: 403,
      body: {
        error: `Insufficient permissions. This key lacks the "${scope}" scope.`,
        code: 'forbidden',
      },
    }));
    expect(shown(await onEveryRoute(key))).toEqual(lacking);
  });

  it('lets reading keys read and writing keys write', async () => {
    const reader = await apiKeyFor(company, ['customers:read']);
    const writer = await apiKeyFor(company, ['customers:write']);
    const json = { email: 'scoped@key.test' };
    expect((await call('POST', '/customers', { key: reader.key, json })).status).toBe(403);
    const created = await call('POST', '/customers', { key: writer.key, json });
    expect(created.status).toBe(201);
    const path = `/customers/${created.body.data.id}`;
    expect((await call('GET', path, { key: writer.key })).status).toBe(403);
    expect((await call('GET', path, { key: reader.key })).status).toBe(200);
    expect((await call('PATCH', path, { key: reader.key, json: {} })).status).toBe(403);
    expect((await call('PATCH', path, { key: writer.key, json: {} })).status).toBe(200);
  });
});

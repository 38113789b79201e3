import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { auditEntries, events } from '#db/schema/index.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { tenant } from '#src/tenant.ts';
import { and, eq, inArray } from 'drizzle-orm';
import { call } from '../api.ts';
import { as, freshCompany } from '../context.ts';
import { apiKeyFor } from '../server.ts';

let company: CompanyFixture;
let key: string;
beforeAll(async () => {
  company = await freshCompany({ apiRateLimit: 2000 });
  ({ key } = await apiKeyFor(company));
});

let count = 0;
const someEmail = () => `batch${(count += 1)}@acme.test`;
const send = (json: unknown, headers = {}) =>
  call('POST', '/customers/batch', { key, json, headers });
const one = async (json: object) => (await call('POST', '/customers', { key, json })).body.data;
const find = async (email: string) =>
  (await call('GET', `/customers?search=${encodeURIComponent(email)}`, { key })).body.data;
const ACCOUNT = 'An account with this email already exists.';
const LIMIT = "Your plan's customer limit has been reached.";

/** A contact of some customer, who has this email. */
async function contact(): Promise<string> {
  const email = someEmail();
  const { id } = await one({ email: someEmail() });
  const ctx = as(company, 'OWNER');
  await inviteContact(ctx, id as Id<'customer'>, { email, name: 'Ann Other', role: 'BUYER' });
  return email;
}

describe('POST /api/v1/customers/batch', () => {
  it('creates and changes by email, and only what is sent', async () => {
    const full = {
      name: 'Acme',
      notes: 'Dock B',
      creditLimit: 50.5,
      taxRateOverride: 0.08,
      status: 'BLOCKED',
    };
    const [known, same] = [
      await one({ email: someEmail(), ...full }),
      await one({ email: someEmail(), ...full }),
    ];
    const [added, bare] = [someEmail(), someEmail()];
    const answer = await send({
      items: [
        { email: ` ${known.email.toUpperCase()} `, name: 'Ärger', creditLimit: null },
        { email: added, ...full },
        { email: same.email, ...full },
        { email: bare },
      ],
    });
    const { status, body, headers } = answer;
    expect(status).toBe(200);
    expect(headers.has('ETag')).toBe(false);
    expect(
      body.data.map((item: { index: number; status: string }) => [item.index, item.status]),
    ).toEqual([
      [0, 'updated'],
      [1, 'created'],
      [2, 'unchanged'],
      [3, 'created'],
    ]);
    const [changed, created, unchanged, least] = body.data.map(
      ({ data }: { data: object }) => data,
    );
    expect(changed).toEqual({
      ...known,
      name: 'Ärger',
      creditLimit: null,
      updatedAt: expect.any(String),
    });
    expect(created).toMatchObject({ email: added, ...full, emailVerified: false });
    expect(unchanged).toEqual(same);
    expect(least).toMatchObject({ email: bare, name: null, notes: null, status: 'ACTIVE' });
    expect(await find('ärger')).toEqual([changed]);
    expect(await find(added)).toEqual([created]);
    const cleared = await send({ items: [{ email: known.email, name: null, notes: '' }] });
    expect(cleared.body.data[0].data).toMatchObject({ name: null, notes: null, status: 'BLOCKED' });
    expect(await find('ärger')).toEqual([]);
  });

  it('takes a hundred, and no more', async () => {
    const items = Array.from({ length: 100 }, () => ({ email: someEmail(), name: 'Many' }));
    const { status, body } = await send({ items });
    expect(status).toBe(200);
    expect(body.data.map(({ data }: { data: { email: string } }) => data.email)).toEqual(
      items.map(({ email }) => email),
    );
    const again = await send({ items });
    expect(new Set(again.body.data.map((item: { status: string }) => item.status))).toEqual(
      new Set(['unchanged']),
    );
    const wrong = { error: 'Send between 1 and 100 items.', code: 'validation' };
    for (const bad of [[...items, { email: someEmail() }], [], {}, null, 'x', undefined]) {
      expect(await send({ items: bad })).toMatchObject({ status: 400, body: wrong });
    }
  });

  it('leaves an event and an entry in the log for each', async () => {
    const known = await one({ email: someEmail() });
    const items = [
      { email: known.email, name: 'Changed' },
      { email: someEmail() },
      { email: someEmail() },
    ];
    const { body } = await send({ items });
    const ids: string[] = body.data.map(({ data }: { data: { id: string } }) => data.id);
    const ctx = as(company, 'OWNER');
    const [fired, logged] = await tenant(ctx, 'audit:read').batch([
      ctx.db.select().from(events).where(inArray(events.entityId, ids)),
      ctx.db
        .select()
        .from(auditEntries)
        .where(and(inArray(auditEntries.entityId, ids), eq(auditEntries.actorType, 'API_KEY'))),
    ]);
    const created = ['customer.created', 'customer.created', 'customer.created'];
    expect(fired.map(({ type }) => type).toSorted()).toEqual([...created, 'customer.updated']);
    expect(logged.map(({ action }) => action).toSorted()).toEqual([
      'CustomerCreated',
      'CustomerCreated',
      'CustomerCreated',
      'CustomerUpdated',
    ]);
  });

  it('writes nothing of an atomic batch when one item is wrong, and names every one that is', async () => {
    const [email, twice, taken] = [someEmail(), someEmail(), await contact()];
    const { status, body } = await send({
      items: [
        { email, name: 'Never' },
        { email: 'nonsense', status: 'x' },
        { email: twice },
        5,
        { email: twice.toUpperCase() },
        { email: taken },
      ],
    });
    expect({ status, body }).toEqual({
      status: 400,
      body: {
        error: 'items.1.email: Invalid email address.',
        code: 'validation',
        fields: [
          { path: 'items.1.email', message: 'Invalid email address.' },
          { path: 'items.1.status', message: 'Invalid status.' },
          { path: 'items.2.email', message: 'Duplicate email: also in items.4.' },
          { path: 'items.3', message: 'Each item must be an object.' },
          { path: 'items.4.email', message: 'Duplicate email: also in items.2.' },
        ],
      },
    });
    const sound = [{ email, name: 'Never' }, { email: taken }];
    const refused = await send({ items: sound, atomic: true });
    expect(refused).toMatchObject({
      status: 409,
      body: { error: `items.1.email: ${ACCOUNT}`, code: 'conflict' },
    });
    expect(await find(email)).toEqual([]);
  });

  it('writes what is sound where each item stands for itself', async () => {
    const [email, twice, taken] = [someEmail(), someEmail(), await contact()];
    const items = [
      { email: taken, name: 'Taken' },
      { email: twice },
      { email, name: 'Sound' },
      { email: twice, name: 'Twice' },
      { email: 'nonsense', creditLimit: -1 },
      [],
    ];
    const { status, body } = await send({ items, atomic: false });
    expect(status).toBe(200);
    const failed = (index: number, error: string, code = 'validation') => ({
      index,
      status: 'failed',
      error: { error, code },
    });
    expect(body.data).toEqual([
      failed(0, ACCOUNT, 'conflict'),
      failed(1, 'Duplicate email: also in items.3.'),
      { index: 2, status: 'created', data: expect.objectContaining({ email, name: 'Sound' }) },
      failed(3, 'Duplicate email: also in items.1.'),
      {
        index: 4,
        status: 'failed',
        error: {
          error: 'Invalid email address.',
          code: 'validation',
          fields: [
            { path: 'email', message: 'Invalid email address.' },
            {
              path: 'creditLimit',
              message: 'Credit limit must be between 0 and 100000000.',
            },
          ],
        },
      },
      failed(5, 'Each item must be an object.'),
    ]);
    expect(await find(twice)).toEqual([]);
    const none = await send({ items: [{}], atomic: false });
    expect(none).toMatchObject({
      status: 200,
      body: { data: [failed(0, 'Email is required.')] },
    });
    expect(await send({ items: [{ email }], atomic: 'no' })).toMatchObject({
      status: 400,
      body: { error: 'Atomic must be true or false.' },
    });
  });

  it('stops at the plan’s limit: all of it, or what is left', async () => {
    const { key: small } = await apiKeyFor(await freshCompany({ maxCustomers: 2 }));
    const there = await call('POST', '/customers', { key: small, json: { email: 'a@small.test' } });
    const items = [
      { email: 'c@small.test' },
      { email: 'a@small.test', name: 'Known' },
      { email: 'b@small.test' },
    ];
    const whole = await call('POST', '/customers/batch', { key: small, json: { items } });
    expect(whole).toMatchObject({ status: 422, body: { error: LIMIT, code: 'plan_limit' } });
    const parts = await call('POST', '/customers/batch', {
      key: small,
      json: { items, atomic: false },
    });
    expect(parts.body.data).toMatchObject([
      { index: 0, status: 'created' },
      { index: 1, status: 'updated', data: { id: there.body.data.id, name: 'Known' } },
      { index: 2, status: 'failed', error: { error: LIMIT, code: 'plan_limit' } },
    ]);
  });

  it.each([true, false])('happens once for each Idempotency-Key (atomic: %s)', async (atomic) => {
    const once = { 'Idempotency-Key': someEmail() };
    const email = someEmail();
    const items: object[] = [{ email, name: 'First' }];
    if (!atomic) items.push({ email: 'nonsense' });
    const first = await send({ items, atomic }, once);
    await send({ items: [{ email, name: 'Second' }] });
    const again = await send({ items, atomic }, once);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await find(email)).toMatchObject([{ name: 'Second' }]);
    expect((await send({ items: [{ email }] }, once)).status).toBe(422);
  });

  it('keeps no answer where nothing was written', async () => {
    const once = { 'Idempotency-Key': someEmail() };
    const { key: small } = await apiKeyFor(await freshCompany({ maxCustomers: 1 }));
    const attempt = () =>
      call('POST', '/customers/batch', {
        key: small,
        json: { items: [{ email: 'a@once.test' }, { email: 'b@once.test' }] },
        headers: once,
      });
    for (const answer of [await attempt(), await attempt()]) {
      expect(answer.status).toBe(422);
      expect(answer.body.error).toBe(LIMIT);
      expect(answer.headers.has('Idempotent-Replayed')).toBe(false);
    }
  });

  it('is one company’s own', async () => {
    const { email, id } = await one({ email: someEmail(), name: 'Mine' });
    const { key: foreign } = await apiKeyFor(await freshCompany());
    const json = { items: [{ email, name: 'Theirs' }] };
    const { body } = await call('POST', '/customers/batch', { key: foreign, json });
    expect(body.data).toMatchObject([{ status: 'created', data: { email } }]);
    expect(body.data[0].data.id).not.toBe(id);
    expect(await find(email)).toMatchObject([{ id, name: 'Mine' }]);
    const { key: reader } = await apiKeyFor(company, ['customers:read', 'products:write']);
    const refused = await call('POST', '/customers/batch', { key: reader, json });
    expect(refused).toMatchObject({ status: 403 });
    expect((await call('GET', '/customers/batch', { key })).status).toBe(405);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { and, eq } from 'drizzle-orm';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { auditEntries, webhookAttempts, webhooks } from '#db/schema/index.ts';
import { as, context, freshCompany } from '../../test/context.ts';
import type { Ctx } from '../context.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { tenant } from '../tenant.ts';
import { createWebhook } from './create-webhook.ts';
import { deleteWebhook } from './delete-webhook.ts';
import { getWebhook, listWebhooks, listWebhooksWithResults } from './queries.ts';
import { BAD_PORT, type UrlRules } from './public-url.ts';
import { rotateSecret } from './rotate-secret.ts';
import { updateWebhook } from './update-webhook.ts';
import { getWebhookLog } from './webhook-log.ts';

const RULES: UrlRules = { allowHttp: false, allow: [], ownHosts: ['distribu.example.com'] };
const INPUT = { url: 'https://erp.example.com/hook', events: ['customer.created'] };

let company: CompanyFixture;
beforeAll(async () => {
  company = await freshCompany();
});

async function made(ctx: Ctx, input: object = {}) {
  const result = await createWebhook(ctx, { ...INPUT, ...input }, RULES);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

/** What is stored, secrets and all. */
async function stored(ctx: Ctx, id: Id<'webhook'>) {
  const [[row]] = await tenant(ctx, 'webhooks:read').batch([
    ctx.db
      .select()
      .from(webhooks)
      .where(and(eq(webhooks.companyId, company.id), eq(webhooks.id, id))),
  ]);
  if (!row) throw new Error('It is not there.');
  return row;
}

/** As sending does, when tries fail. */
async function set(ctx: Ctx, id: Id<'webhook'>, values: Partial<typeof webhooks.$inferInsert>) {
  const job = context({ kind: 'job', companyId: company.id, actor: 'Webhooks' }, { now: ctx.now });
  await tenant(job, 'webhooks:write').batch([
    job.db.update(webhooks).set(values).where(eq(webhooks.id, id)),
  ]);
}

describe('webhooks', () => {
  it('are made with a secret that is shown once, and listed newest first', async () => {
    const ctx = as(await freshCompany(), 'ADMIN');
    const first = await made(ctx);
    expect(first.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(first.webhook).toMatchObject({ ...INPUT, active: true, version: 1, failingSince: null });
    const second = await made(ctx, {
      events: ['product.updated', 'order.created', 'product.updated'],
      active: false,
    });
    expect(second.webhook).toMatchObject({
      events: ['order.created', 'product.updated'],
      active: false,
    });
    expect(second.secret).not.toBe(first.secret);

    const page = await listWebhooks(ctx, { limit: 1 });
    expect(page).toMatchObject({ rows: [{ id: second.webhook.id }], hasMore: true });
    expect(JSON.stringify(page)).not.toContain('whsec_');
    const next = await listWebhooks(ctx, { limit: 1, cursor: page.last ?? '' });
    expect(next).toMatchObject({ rows: [{ id: first.webhook.id }], hasMore: false });
    await expect(listWebhooks(ctx, { limit: 1, cursor: 'junk' })).rejects.toMatchObject({
      code: 'validation',
      message: 'Invalid cursor.',
    });
    expect(await getWebhook(ctx, first.webhook.id)).toEqual(first.webhook);
  });

  it.each([
    [{ url: '' }, 'URL must be between 1 and 2048 characters.'],
    [{ url: `https://example.com/${'x'.repeat(2029)}` }, 'URL must be between 1 and 2048'],
    [{ url: 'http://example.com/' }, 'URL must start with https://.'],
    [{ url: 'https://127.0.0.1/' }, 'public internet'],
    [{ url: 'https://localhost/' }, 'public internet'],
    [{ url: 'https://distribu.example.com/x' }, 'this service itself'],
    [{ url: 'ftp://example.com' }, 'complete address'],
    [{ events: [] }, 'Choose at least one event.'],
    [{ events: undefined }, 'Choose at least one event.'],
    [{ events: ['order.eaten'] }, 'Unknown event.'],
    [{ active: 'yes' }, 'Active must be true or false.'],
  ])('refuse %j', async (wrong, message) => {
    const ctx = as(company, 'OWNER');
    const { webhook } = await made(ctx, { events: ['order.created'] });
    await expect(made(ctx, wrong)).rejects.toMatchObject({ code: 'validation' });
    await expect(made(ctx, wrong)).rejects.toThrow(message);
    if (Object.values(wrong)[0] !== undefined) {
      await expect(updateWebhook(ctx, webhook.id, wrong, RULES, null)).rejects.toThrow(message);
    }
    await deleteWebhook(ctx, webhook.id);
  });

  it('may be 10 and no more; the same form sent twice makes one', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    const id = newId('webhook');
    expect(await createWebhook(ctx, INPUT, RULES, id)).toMatchObject({ ok: true });
    for (let count = 1; count < 10; count += 1) await made(ctx);
    expect(await createWebhook(ctx, INPUT, RULES)).toEqual({ ok: false, reason: 'too_many' });
    expect(await createWebhook(ctx, INPUT, RULES, id)).toMatchObject({
      ok: false,
      reason: 'already_created',
      webhook: { id },
    });
    await deleteWebhook(ctx, id);
    expect(await createWebhook(ctx, INPUT, RULES)).toMatchObject({ ok: true });
  });

  it('change what is named, and not what somebody else has changed meanwhile', async () => {
    const ctx = as(company, 'OWNER');
    const { webhook } = await made(ctx);
    const { id } = webhook;
    const change = { events: ['order.created'] };
    expect(await updateWebhook(ctx, id, change, RULES, 1)).toMatchObject({
      ok: true,
      changed: true,
      webhook: { url: INPUT.url, events: ['order.created'], version: 2 },
    });
    expect(await updateWebhook(ctx, id, { active: false }, RULES, 1)).toMatchObject({
      ok: false,
      current: { active: true },
    });
    expect(await updateWebhook(ctx, id, change, RULES, 1)).toMatchObject({ ok: true });
    for (const patch of [{}, change]) {
      const result = await updateWebhook(ctx, id, patch, RULES, null);
      expect(result).toMatchObject({ ok: true, changed: false, webhook: { version: 2 } });
    }
  });

  it('start anew when they are switched on again or pointed elsewhere; failing is no edit', async () => {
    const ctx = as(company, 'OWNER');
    const { id } = (await made(ctx)).webhook;
    const failingSince = new Date('2026-01-01T00:00:00.000Z');
    await set(ctx, id, { failingSince });
    expect(await stored(ctx, id)).toMatchObject({ failingSince, version: 1 });
    await updateWebhook(ctx, id, { active: true, events: ['order.created'] }, RULES, 1);
    expect(await stored(ctx, id)).toMatchObject({ failingSince, version: 2 });

    await set(ctx, id, { active: false, disabledReason: 'failing' });
    expect((await stored(ctx, id)).version).toBe(3);
    await updateWebhook(ctx, id, { active: true }, RULES, null);
    const anew = { active: true, disabledReason: null, failingSince: null };
    expect(await stored(ctx, id)).toMatchObject(anew);

    await set(ctx, id, { failingSince });
    await updateWebhook(ctx, id, { url: 'https://new.example.com/' }, RULES, null);
    expect(await stored(ctx, id)).toMatchObject(anew);
  });

  it('keep the old secret signing for 24 hours, and rotate once for each page that was shown', async () => {
    const ctx = as(company, 'OWNER');
    const { webhook, secret } = await made(ctx);
    const rotated = await rotateSecret(ctx, webhook.id, webhook.version);
    if (!rotated.ok) throw new Error(rotated.reason);
    expect(await stored(ctx, webhook.id)).toMatchObject({
      secret: rotated.secret,
      previousSecret: secret,
      previousSecretUntil: new Date(ctx.now.getTime() + 86_400_000),
    });
    const again = await rotateSecret(ctx, webhook.id, webhook.version);
    expect(again).toMatchObject({ ok: false, reason: 'changed_meanwhile' });
    expect((await stored(ctx, webhook.id)).secret).toBe(rotated.secret);
  });

  it('keep a port that is not allowed any more until their URL changes', async () => {
    const ctx = as(company, 'OWNER');
    const url = 'https://erp.example.com:5432/hook';
    await expect(made(ctx, { url })).rejects.toMatchObject({
      code: 'validation',
      message: BAD_PORT,
      fields: [{ path: 'url', message: BAD_PORT }],
    });
    const { id } = (await made(ctx)).webhook;
    const moved = (to: string) => updateWebhook(ctx, id, { url: to }, RULES, null);
    const refused = { code: 'validation', fields: [{ path: 'url', message: BAD_PORT }] };
    await expect(moved(url)).rejects.toMatchObject(refused);
    expect((await stored(ctx, id)).url).toBe(INPUT.url);

    await set(ctx, id, { url });
    const events = ['order.created'];
    expect(await updateWebhook(ctx, id, { url, events }, RULES, null)).toMatchObject({
      ok: true,
      changed: true,
      webhook: { url, events },
    });
    await expect(moved('https://erp.example.com:6379/hook')).rejects.toMatchObject(refused);
    expect(await moved('https://erp.example.com:8443/hook')).toMatchObject({ ok: true });
    await expect(moved(url)).rejects.toMatchObject(refused);
  });

  it('are deleted with their log, and leave no secret in the history', async () => {
    const own = await freshCompany();
    const ctx = as(own, 'OWNER');
    const { webhook, secret } = await made(ctx);
    await createCustomer(ctx, { email: 'ann@x.test' });
    const [listed] = await listWebhooksWithResults(ctx);
    expect(listed).toMatchObject({ id: webhook.id, lastState: 'pending', lastAt: null });
    const log = await getWebhookLog(ctx, webhook.id, { limit: 5 });
    expect(log.deliveries.rows).toMatchObject([
      { event: 'customer.created', state: 'pending', lastAttempt: null },
    ]);
    await rotateSecret(ctx, webhook.id, null);
    expect(await deleteWebhook(ctx, webhook.id)).toEqual({ url: INPUT.url });
    const gone = [
      deleteWebhook(ctx, webhook.id),
      getWebhook(ctx, webhook.id),
      getWebhookLog(ctx, webhook.id, { limit: 5 }),
      rotateSecret(ctx, webhook.id, null),
      updateWebhook(ctx, webhook.id, {}, RULES, null),
    ];
    const refusal = { code: 'not_found', message: 'Webhook not found.' };
    await Promise.all(gone.map((each) => expect(each).rejects.toMatchObject(refusal)));
    const [entries] = await tenant(ctx, 'audit:read').batch([
      ctx.db
        .select()
        .from(auditEntries)
        .where(eq(auditEntries.entityType, 'Webhook'))
        .orderBy(auditEntries.id),
    ]);
    expect(entries.map(({ action }) => action)).toEqual([
      'WebhookCreated',
      'WebhookSecretRotated',
      'WebhookDeleted',
    ]);
    expect(entries[1]?.details).toEqual({ secret: {} });
    expect(JSON.stringify(entries)).not.toContain(secret);
  });

  it('tell of a try that got no answer', async () => {
    const own = await freshCompany();
    const ctx = as(own, 'OWNER');
    const { webhook } = await made(ctx);
    await createCustomer(ctx, { email: 'ann@x.test' });
    const [due] = ctx.due.deliveries;
    if (!due) throw new Error('Nothing is due.');
    const attempt = { statusCode: null, durationMs: 10_000, error: 'No answer.' };
    await tenant(ctx, 'webhooks:write').batch([
      ctx.db.insert(webhookAttempts).values({ ...due, ...attempt }),
    ]);
    const { deliveries } = await getWebhookLog(ctx, webhook.id, { limit: 5 });
    expect(deliveries.rows[0]?.lastAttempt).toMatchObject(attempt);
    const [listed] = await listWebhooksWithResults(ctx);
    expect(listed).toMatchObject({ lastStatusCode: null, lastAt: expect.any(Date) });
  });

  it('are nobody else’s business', async () => {
    const { id } = (await made(as(company, 'OWNER'))).webhook;
    const stranger = as(await freshCompany(), 'OWNER');
    await expect(getWebhook(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteWebhook(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    const member = as(company, 'MEMBER');
    await expect(getWebhook(member, id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(made(member)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

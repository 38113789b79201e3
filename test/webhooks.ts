import { and, eq, inArray } from 'drizzle-orm';
import { inject } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { enterCompany } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { webhookDeliveries, webhooks } from '#db/schema/index.ts';
import type { Ctx } from '#src/context.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import type { EventType } from '#src/events/event-types.ts';
import { claimDelivery } from '#src/webhooks/claim-delivery.ts';
import type { Answer, SendWebhook } from '#src/webhooks/http-webhook-sender.ts';
import { type DeliveryOutcome, sendClaimed } from '#src/webhooks/send-claimed.ts';
import { newSecret } from '#src/webhooks/signature.ts';
import { updateWebhook } from '#src/webhooks/update-webhook.ts';
import { tenant } from '#src/tenant.ts';
import { as, context } from './context.ts';

interface WebhookFixture {
  id: Id<'webhook'>;
  secret: string;
}

/** A webhook of a company as a row, whatever its address. */
export async function webhookFor(
  company: CompanyFixture,
  url: string,
  overrides: Partial<typeof webhooks.$inferInsert> & { events?: EventType[] } = {},
): Promise<WebhookFixture> {
  const { db } = context({ kind: 'nobody' });
  const [id, secret] = [newId('webhook'), newSecret()];
  const row = { companyId: company.id, id, url, secret, events: ['customer.created'] };
  await db.batch([
    enterCompany(db, company.id),
    db.insert(webhooks).values({ ...row, ...overrides }),
  ]);
  return { id, secret: overrides.secret ?? secret };
}

/** Nothing is sent to it any more. */
export async function switchOff(company: CompanyFixture, id: Id<'webhook'>): Promise<void> {
  const rules = { allowHttp: false, allow: [], ownHosts: [] };
  await updateWebhook(as(company, 'OWNER'), id, { active: false }, rules, null);
}

/** What a consumer of the queue is handed. */
export function sending(company: CompanyFixture): Ctx {
  return context({ kind: 'job', companyId: company.id, actor: 'Webhooks' });
}

/** Tries a delivery once, as a consumer does, if it is due. */
export async function deliverWebhook(
  ctx: Ctx,
  deliveryId: Id<'delivery'>,
  send: SendWebhook,
  random?: () => number,
): Promise<DeliveryOutcome> {
  const claim = await claimDelivery(ctx, deliveryId);
  return claim ? sendClaimed(ctx, claim, send, random) : { retryIn: null };
}

/** A sender whose endpoint gives that answer. */
export const answering =
  (statusCode: number | null, rest: Partial<Answer> = {}): SendWebhook =>
  () =>
    Promise.resolve({
      statusCode,
      durationMs: 5,
      error: null,
      responseBody: '',
      retryAfter: null,
      ...rest,
    });

/** An endpoint that keeps the ids of what it gets. */
export function endpoint(statusCode = 200) {
  const ids: string[] = [];
  const send: SendWebhook = ({ headers }) => {
    ids.push(headers['webhook-id'] ?? '');
    const answer = { statusCode, durationMs: 5, error: null, responseBody: '', retryAfter: null };
    return Promise.resolve(answer);
  };
  return { ids, send };
}

let customers = 0;

/** So many `customer.created` events, one after the other; the deliveries they caused. */
export async function someEvents(
  company: CompanyFixture,
  count: number,
): Promise<Id<'delivery'>[]> {
  const due: Id<'delivery'>[] = [];
  for (let n = 0; n < count; n += 1) {
    const ctx = as(company, 'OWNER');
    customers += 1;
    await createCustomer(ctx, { email: `event-${customers}-${company.slug}@x.test` });
    due.push(...ctx.due.deliveries.map(({ deliveryId }) => deliveryId));
  }
  return due;
}

/** The webhook as it is stored. */
export async function webhookRow(
  { id: companyId }: CompanyFixture,
  id: Id<'webhook'>,
): Promise<typeof webhooks.$inferSelect | undefined> {
  const ctx = context({ kind: 'job', companyId, actor: 'Test' });
  const isIt = and(eq(webhooks.companyId, companyId), eq(webhooks.id, id));
  const [[row]] = await tenant(ctx, 'webhooks:read').batch([
    ctx.db.select().from(webhooks).where(isIt),
  ]);
  return row;
}

/**
 * Makes what has happened in a company so far unreadable.
 * @returns repairs it
 */
export async function poison({ id }: CompanyFixture): Promise<() => Promise<void>> {
  const write = async (snapshot: string) => {
    const db = await connectOwner(inject('ownerUrl'));
    await db.query(`update events set snapshot = ${snapshot} where company_id = $1`, [id]);
    await db.end();
  };
  await write(`jsonb_build_object('kept', snapshot)`);
  return () => write(`coalesce(snapshot -> 'kept', snapshot)`);
}

/** As if a delivery had been tried so often. */
export async function useTries(
  { id: companyId }: CompanyFixture,
  id: Id<'delivery'>,
  tries: number,
): Promise<void> {
  const { db } = context({ kind: 'nobody' });
  const isIt = and(eq(webhookDeliveries.companyId, companyId), eq(webhookDeliveries.id, id));
  await db.batch([
    enterCompany(db, companyId),
    db.update(webhookDeliveries).set({ tries }).where(isIt),
  ]);
}

/** Writes columns of a webhook past everything that would be said about it. */
export async function changeWebhook(
  { id: companyId }: CompanyFixture,
  id: Id<'webhook'>,
  change: Partial<typeof webhooks.$inferInsert>,
): Promise<void> {
  const { db } = context({ kind: 'nobody' });
  const isIt = and(eq(webhooks.companyId, companyId), eq(webhooks.id, id));
  await db.batch([enterCompany(db, companyId), db.update(webhooks).set(change).where(isIt)]);
}

/** As if the time of these deliveries' next try had come a second ago, or at that moment. */
export async function makeDue(
  { id: companyId }: CompanyFixture,
  ids: Id<'delivery'> | Id<'delivery'>[],
  nextAttemptAt = new Date(Date.now() - 1000),
): Promise<void> {
  const { db } = context({ kind: 'nobody' });
  const d = webhookDeliveries;
  const areThose = and(eq(d.companyId, companyId), inArray(d.id, [ids].flat()));
  await db.batch([
    enterCompany(db, companyId),
    db.update(d).set({ nextAttemptAt }).where(areThose),
  ]);
}

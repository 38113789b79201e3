import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import type { StoredEvent } from '../events/payload.ts';
import { tenant } from '../tenant.ts';

/** A delivery that is ours to send, within the next 20 seconds. */
export interface Claim {
  deliveryId: Id<'delivery'>;
  webhookId: Id<'webhook'>;
  url: string;
  secret: string;
  /** The secret before it, while that still signs; else null. */
  previous: string | null;
  /** Those before that one that still sign, newest first. */
  earlier: string[];
  /** This one included. */
  tries: number;
  eventId: Id<'event'>;
  event: StoredEvent;
}

/**
 * Takes a delivery that is due at `ctx.now`, so that nobody else sends it meanwhile: one round trip. A Worker that dies now loses
 * nothing, because after a minute anybody may take it again.
 * @returns null when there is nothing to send: delivered, taken, not due, or 20 are on their way to that webhook already
 */
export async function claimDelivery(ctx: Ctx, deliveryId: Id<'delivery'>): Promise<Claim | null> {
  const [{ rows }] = await tenant(ctx, 'webhooks:write').batch([
    ctx.db.execute<{ claim: StoredClaim | null }>(
      sql`select claim_delivery(${deliveryId}, ${ctx.now.toISOString()}) as claim`,
    ),
  ]);
  const claim = rows[0]?.claim;
  if (!claim) return null;
  const { event, ...rest } = claim;
  return { ...rest, deliveryId, event: { ...event, createdAt: new Date(event.createdAt) } };
}

type StoredClaim = Omit<Claim, 'event' | 'deliveryId'> & {
  event: Omit<StoredEvent, 'createdAt'> & { createdAt: string };
};

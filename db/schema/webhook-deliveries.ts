import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { events } from './events.ts';
import { webhooks } from './webhooks.ts';

/**
 * One event on its way to one webhook. A queue message only says that it is due; whoever takes it moves `nextAttemptAt`
 * to when another may, so nothing is lost with a Worker that dies.
 */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: key().$type<Id<'delivery'>>().notNull(),
    companyId: key().$type<Id<'company'>>().notNull(),
    webhookId: key().$type<Id<'webhook'>>().notNull(),
    eventId: key().$type<Id<'event'>>().notNull(),
    state: key().$type<'pending' | 'delivered' | 'failed'>().notNull().default('pending'),
    /** Tries since it was last put on its way; all of them stand in `webhookAttempts`. */
    tries: integer().notNull().default(0),
    nextAttemptAt: moment().notNull().defaultNow(),
    /** While somebody has taken it: until then it is on its way to the webhook, of which no more than 20 are. */
    sendingUntil: moment(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique('webhook_deliveries_once').on(t.companyId, t.webhookId, t.eventId),
    foreignKey({
      columns: [t.companyId, t.webhookId],
      foreignColumns: [webhooks.companyId, webhooks.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.companyId, t.eventId],
      foreignColumns: [events.companyId, events.id],
    }).onDelete('cascade'),
    index('webhook_deliveries_by_created').on(t.companyId, t.webhookId, t.createdAt, t.id),
    index('webhook_deliveries_by_state_created').on(
      t.companyId,
      t.webhookId,
      t.state,
      t.createdAt,
      t.id,
    ),
    index('webhook_deliveries_of_event').on(t.companyId, t.eventId),
    index('webhook_deliveries_due')
      .on(t.nextAttemptAt)
      .where(sql`${t.state} = 'pending'`),
    index('webhook_deliveries_sending')
      .on(t.companyId, t.webhookId, t.sendingUntil)
      .where(sql`${t.sendingUntil} is not null`),
    check('webhook_deliveries_state_known', sql`${t.state} in ('pending', 'delivered', 'failed')`),
  ],
);

/** The log: every try of a delivery, and what came back. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    companyId: key().$type<Id<'company'>>().notNull(),
    deliveryId: key().$type<Id<'delivery'>>().notNull(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    /** null = no answer came. */
    statusCode: integer(),
    durationMs: integer().notNull(),
    /** Why no answer came, or why it is none. */
    error: text(),
    /** The first 2,000 characters of the answer's body. */
    responseBody: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.deliveryId, t.id] }),
    foreignKey({
      columns: [t.companyId, t.deliveryId],
      foreignColumns: [webhookDeliveries.companyId, webhookDeliveries.id],
    }).onDelete('cascade'),
    check('webhook_attempts_body_length', sql`length(${t.responseBody}) <= 2000`),
  ],
);

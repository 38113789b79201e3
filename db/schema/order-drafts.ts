import { sql } from 'drizzle-orm';
import { check, foreignKey, integer, jsonb, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { memberships } from './staff.ts';

/** What a draft holds, as it was typed. */
export interface DraftContent {
  customerId: Id<'customer'> | null;
  /** Empty = no address, null = the customer's default. */
  addressId: string | null;
  /**
   * `units`: what the quantity means, null where it is no number an order can have; `seenCents`: the price the page showed,
   * null = none yet.
   */
  lines: {
    productId: Id<'product'>;
    quantity: string;
    units: number | null;
    seenCents: number | null;
  }[];
  poNumber: string;
  notes: string;
  /** Names the form that saved it: each form that is shown has a name of its own. */
  page: string;
  /** How many changes it had then. */
  change: number;
}

/** The order a member of the staff is typing: one a person and company, kept until it is placed or discarded. */
export const orderDrafts = pgTable(
  'order_drafts',
  {
    companyId: key().$type<Id<'company'>>().notNull(),
    userId: key().$type<Id<'user'>>().notNull(),
    /** The id the order gets when it is placed. */
    orderId: key().$type<Id<'order'>>().notNull(),
    content: jsonb().$type<DraftContent>().notNull(),
    /** Raised by each save, so that a second tab overwrites nothing it has not shown. */
    version: integer().notNull().default(1),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.userId] }),
    foreignKey({
      name: 'order_drafts_member',
      columns: [t.companyId, t.userId],
      foreignColumns: [memberships.companyId, memberships.userId],
    }).onDelete('cascade'),
    check('order_drafts_content_size', sql`octet_length(${t.content}::text) <= 200000`),
  ],
);

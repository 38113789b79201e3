import { type SQL, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';

/** The customer who is signed in, as the entering statement found them: known to SQL before it is known to us. */
export const myCustomer: SQL<Id<'customer'>> = sql`current_setting('app.customer_id')`;

/** The contact who is signed in; null = the primary account. */
export const myContact: SQL<Id<'contact'> | null> = sql`nullif(current_setting('app.contact_id'), '')`;

/** Whose contacts or addresses: a customer's by its id, or `myCustomer`. */
export type Owner = Id<'customer'> | SQL<Id<'customer'>>;

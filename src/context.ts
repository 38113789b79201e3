import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import type { Id } from '#db/ids.ts';
import type { TokenKey } from './lib/tokens.ts';
import type { CustomerRole, Role } from './permissions.ts';

/** How a request comes in: what the database checks, first thing in every batch, before anything else happens. */
export type Entry =
  | { kind: 'staff'; sessionId: Id<'session'>; companyId: Id<'company'> }
  | { kind: 'api_key'; hash: string }
  | { kind: 'job'; companyId: Id<'company'>; actor: string }
  /** Somebody at a storefront who is not signed in. */
  | { kind: 'store'; slug: string }
  | { kind: 'customer'; sessionId: Id<'session'>; slug: string }
  | { kind: 'nobody' };

/** The staff member who is asking and the company they look at, as `enter_staff` (db/sql/enter.sql) answers. */
export interface StaffViewer {
  userId: Id<'user'>;
  userName: string;
  userEmail: string;
  emailVerified: boolean;
  role: Role;
  companyName: string;
  companySlug: string;
  plan: 'STARTER' | 'GROWTH' | 'ENTERPRISE';
  /** ISO 8601; null = not on trial. */
  trialEndsAt: string | null;
  currency: string;
  timeZone: string;
  /** The session was extended; its cookie should be, too. */
  renewed: boolean;
}

/** The key that is asking, as `enter_api_key` answers. */
export interface ApiViewer {
  keyId: Id<'apiKey'>;
  keyName: string;
  companyId: Id<'company'>;
  /** Accepted requests a minute; null = the default. */
  rateLimit: number | null;
}

/** The store somebody is at, as `enter_store` answers. */
export interface Store {
  companyId: Id<'company'>;
  companyName: string;
  /** The one it has now, whatever the address says (decision 12). */
  companySlug: string;
  currency: string;
  timeZone: string;
  registrationOpen: boolean;
}

/** The customer who is asking: the primary account, or one of its contacts; as `enter_customer` answers. */
export interface CustomerViewer extends Store {
  customerId: Id<'customer'>;
  /** null = the primary account. */
  contactId: Id<'contact'> | null;
  email: string;
  name: string | null;
  /** What the customer is called, by its name or email. */
  customerName: string;
  role: CustomerRole;
  emailVerified: boolean;
}

/** What every verb and query is handed: who asks, when, and the way to the database. */
export interface Ctx {
  readonly db: Database;
  readonly entry: Entry;
  readonly now: Date;
  readonly requestId: string;
  /** Where links in mails point to, without a slash at the end. */
  readonly origin: string;
  /** Sign those links. */
  readonly keys: readonly TokenKey[];
  /** Set by the first batch of a staff request. */
  staff: StaffViewer | null;
  /** Set by the first batch of an API request. */
  api: ApiViewer | null;
  /** Set by the first batch of a storefront request. */
  store: Store | null;
  /** Set by the first batch of a signed-in customer's request. */
  customer: CustomerViewer | null;
  /** Outbox rows written by this request; the adapter tells the queue once the request has succeeded. */
  readonly due: Id<'message'>[];
}

/** Who of the staff is asking, for what runs after the request's first batch. */
export function staffOf({ staff }: Ctx): StaffViewer {
  if (!staff) throw new Error('The viewer is known only after the first batch.');
  return staff;
}

/** The store of a storefront request, for what runs after its first batch. */
export function storeOf({ store }: Ctx): Store {
  if (!store) throw new Error('The store is known only after the first batch.');
  return store;
}

/** Which customer is asking, for what runs after the request's first batch. */
export function customerOf({ customer }: Ctx): CustomerViewer {
  if (!customer) throw new Error('The customer is known only after the first batch.');
  return customer;
}

/**
 * The company id every tenant query carries. Of API and storefront requests only the database knows it (the key or the
 * slug says), so there it is the company that was entered.
 */
export function companyId(ctx: Ctx): Id<'company'> | SQL<Id<'company'>> {
  switch (ctx.entry.kind) {
    case 'staff':
    case 'job':
      return ctx.entry.companyId;
    case 'api_key':
    case 'store':
    case 'customer':
      return sql<Id<'company'>>`entered_company()`;
    case 'nobody':
      throw new Error('No company has been entered.');
  }
}

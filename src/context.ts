import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import type { Id } from '#db/ids.ts';
import type { Plan } from './billing/plans.ts';
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
  /** Its owner has confirmed an email address; until then its customers get no mails (decision 42). */
  companyVerified: boolean;
  plan: Plan;
  /** ISO 8601; null = not on trial. */
  trialEndsAt: string | null;
  currency: string;
  timeZone: string;
  /** The password was asked again in this session, within ten minutes (decision 45). */
  confirmed: boolean;
  /** The session was extended; its cookie should be, too. */
  renewed: boolean;
  /** ISO 8601: when it ends if it is not extended again. */
  sessionEndsAt: string;
  /** Notifications not seen yet, at most 100. */
  unread: number;
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
  /** How customers reach the company; null = not said. */
  contactEmail: string | null;
  contactPhone: string | null;
  openingHours: string | null;
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
  /** The session was extended; its cookie should be, too. */
  renewed: boolean;
  /** Products in the person's cart when the request came in. */
  cartLines: number;
}

/**
 * What the database does around an API write, in the write's own transaction (db/sql/idempotency.sql): refuse it when the
 * resource is no more what its caller saw, and keep what it is answered with, so that it happens once for each key.
 */
export interface Guard {
  /** What is written, and answered with: a resource; or else the answer is kept as the write has left it. */
  resource: { kind: 'customer' | 'product' | 'order' | 'webhook'; id: string } | 'answer';
  /** `If-Match`: one of these it has to be; null = whatever it is. */
  etags: string[] | null;
  /** `Idempotency-Key`, and SHA-256 of the body in lower-case hex; null = without one. */
  once: { route: string; key: string; fingerprint: string } | null;
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
  /** Set by the adapter of an API write, for its only batch. */
  guard: Guard | null;
  /** The database refuses every write of this request. */
  readsOnly: boolean;
  /** What this request has left to send; the adapter tells the queues once the request has succeeded. */
  readonly due: {
    readonly mails: Id<'message'>[];
    readonly deliveries: { companyId: Id<'company'>; deliveryId: Id<'delivery'> }[];
  };
}

/** A context as a request or a job begins with it: nobody is known yet, and nothing is left to send. */
export function newCtx(
  given: Pick<Ctx, 'db' | 'entry' | 'now' | 'requestId' | 'origin' | 'keys'>,
): Ctx {
  return {
    ...given,
    staff: null,
    api: null,
    store: null,
    customer: null,
    guard: null,
    readsOnly: false,
    due: { mails: [], deliveries: [] },
  };
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

/** The company the batch has entered, in a query that is the same for everybody. */
export const ENTERED = sql<Id<'company'>>`entered_company()`;

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
      return ENTERED;
    case 'nobody':
      throw new Error('No company has been entered.');
  }
}

import { and, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { contacts, customers, storefrontAccounts } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import type { AccountId } from './links.ts';

/** Somebody who can log in at a storefront: a customer's primary account, or one of its contacts. */
export interface Account {
  id: AccountId;
  customerId: Id<'customer'>;
  contactId: Id<'contact'> | null;
  email: string;
  name: string;
  /** null = never set: an imported or API customer, an open invitation. */
  passwordHash: string | null;
  linkVersion: number;
  /** The customer is blocked, and its contacts with it. */
  blocked: boolean;
  /** A contact may be switched off; a primary account never is. */
  active: boolean;
  /** null = not a contact. */
  invitedAt: Date | null;
}

export function accountByEmail(ctx: Ctx, email: string) {
  return accounts(ctx).where(
    and(eq(storefrontAccounts.companyId, companyId(ctx)), eq(storefrontAccounts.email, email)),
  );
}

export function accountById(ctx: Ctx, id: AccountId) {
  const isIt = id.startsWith('con_')
    ? eq(storefrontAccounts.contactId, id as Id<'contact'>)
    : and(
        eq(storefrontAccounts.customerId, id as Id<'customer'>),
        sql`${storefrontAccounts.contactId} is null`,
      );
  return accounts(ctx).where(and(eq(storefrontAccounts.companyId, companyId(ctx)), isIt));
}

type Row = Awaited<ReturnType<typeof accounts>>[number];

/** The account behind a row of `accountByEmail` or `accountById`. */
export function accountOf(row: Row | undefined): Account | null {
  if (!row) return null;
  const { customer, contact } = row;
  const person = contact ?? customer;
  return {
    id: person.id,
    customerId: customer.id,
    contactId: contact?.id ?? null,
    email: person.email,
    name: person.name ?? person.email,
    passwordHash: person.passwordHash,
    linkVersion: person.linkVersion,
    blocked: customer.status === 'BLOCKED',
    active: contact?.active ?? true,
    invitedAt: contact?.invitedAt ?? null,
  };
}

/** Every account of the store, to be narrowed down. */
export function accounts(ctx: Ctx) {
  return ctx.db
    .select({
      customer: {
        id: customers.id,
        email: customers.email,
        name: customers.name,
        passwordHash: customers.passwordHash,
        linkVersion: customers.linkVersion,
        status: customers.status,
      },
      contact: {
        id: contacts.id,
        email: contacts.email,
        name: contacts.name,
        passwordHash: contacts.passwordHash,
        linkVersion: contacts.linkVersion,
        active: contacts.active,
        invitedAt: contacts.invitedAt,
      },
    })
    .from(storefrontAccounts)
    .innerJoin(
      customers,
      and(eq(customers.companyId, companyId(ctx)), eq(customers.id, storefrontAccounts.customerId)),
    )
    .leftJoin(
      contacts,
      and(eq(contacts.companyId, companyId(ctx)), eq(contacts.id, storefrontAccounts.contactId)),
    );
}

/** Changes how an account logs in, in whichever table it is. `where` narrows it further, as to a version. */
export function updateLogin(
  ctx: Ctx,
  id: AccountId,
  set: { passwordHash?: string; emailVerified?: true },
  expected: { linkVersion?: number } = {},
) {
  // Both have these columns; one type for either keeps the statement one.
  const table = (id.startsWith('con_') ? contacts : customers) as typeof customers;
  const { linkVersion } = expected;
  return ctx.db
    .update(table)
    .set({ ...set, ...(set.passwordHash && { linkVersion: sql`${table.linkVersion} + 1` }) })
    .where(
      and(
        eq(table.companyId, companyId(ctx)),
        eq(table.id, id as Id<'customer'>),
        linkVersion === undefined ? undefined : eq(table.linkVersion, linkVersion),
      ),
    )
    .returning({ id: table.id });
}

import { and, eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { contacts } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { inviteUrl, isInviteExpired } from '../storefront/links.ts';
import type { Owner } from '../storefront/me.ts';

/** A contact as people are shown it; `passwordHash` says only whether there is one, and never leaves this folder. */
const contactColumns = {
  id: contacts.id,
  email: contacts.email,
  name: contacts.name,
  role: contacts.role,
  active: contacts.active,
  passwordHash: contacts.passwordHash,
  invitedAt: contacts.invitedAt,
  version: contacts.version,
};

type Row = Pick<typeof contacts.$inferSelect, keyof typeof contactColumns>;

export type Contact = Omit<Row, 'passwordHash'> & {
  /** Invited, and has not chosen a password yet. */
  pending: boolean;
  /** The link that lets them choose one, for who would rather send it themselves; null when not pending. */
  inviteUrl: string | null;
  /** Pending, and the link no longer works: it takes a new invitation. */
  inviteExpired: boolean;
};

const LISTED = 200;

/** A customer's contacts, for a batch. */
export function contactsOf(ctx: Ctx, customer: Owner) {
  return ctx.db
    .select(contactColumns)
    .from(contacts)
    .where(and(eq(contacts.companyId, companyId(ctx)), eq(contacts.customerId, customer)))
    .orderBy(contacts.email)
    .limit(LISTED);
}

/** The rows of `contactsOf` as people are shown them, with links into the store. */
export function shownContacts(ctx: Ctx, rows: Row[], slug: string): Promise<Contact[]> {
  return Promise.all(
    rows.map(async ({ passwordHash, ...contact }) => {
      const pending = passwordHash === null;
      const url = pending ? await inviteUrl(ctx, contact, 'page') : null;
      return {
        ...contact,
        pending,
        inviteUrl: url?.replace('{slug}', slug) ?? null,
        inviteExpired: pending && isInviteExpired(ctx, contact.invitedAt),
      };
    }),
  );
}

/** Exactly this contact, of exactly this customer. */
export function thisContact(ctx: Ctx, customer: Owner, id: Id<'contact'>) {
  return and(
    eq(contacts.companyId, companyId(ctx)),
    eq(contacts.customerId, customer),
    eq(contacts.id, id),
  );
}

export function contactNotFound(): AppError {
  return new AppError('not_found', 'Contact not found.');
}

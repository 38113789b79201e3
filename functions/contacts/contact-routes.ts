import { type Context, Hono } from 'hono';
import { type Id, idFrom } from '#db/ids.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { removeContact } from '#src/contacts/remove-contact.ts';
import { resendInvite } from '#src/contacts/resend-invite.ts';
import { ContactForm, ContactInput } from '#src/contacts/schema.ts';
import { updateContact } from '#src/contacts/update-contact.ts';
import { AppError } from '#src/lib/errors.ts';
import { beginAttempt, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';
import { setFlash } from '../flash.ts';
import { parseForm } from '../parse-form.ts';
import type { Flash } from '../views/notice.tsx';
import type { ContactEdit } from './contact-item.tsx';
import type { Invitation } from './contacts-card.tsx';
import type { Owner } from '#src/storefront/me.ts';

/** What could not be done with a customer's people. */
export type ContactProblem = { invitation?: Invitation; contact?: ContactEdit };

/** Who edits whose contacts, and on which page: the staff on a customer's, its own people on their account's. */
type ContactsPlace = {
  path: string;
  owner: (c: Context<AppEnv>) => Owner;
  /** The page with what could not be done. */
  show: (c: Context<AppEnv>, problem: ContactProblem, status: 409 | 422 | 429) => Promise<Response>;
  /** Where one is led when it is done. */
  home: (c: Context<AppEnv>) => string;
};

const CHANGED_MEANWHILE =
  'Somebody else has changed this contact since you opened the page. Above is what they saved, below what you entered; saving again replaces theirs.';

const NOT_MAILED = 'The invitation cannot be mailed now. Copy the link and send it yourself.';

/** Inviting, editing, removing a customer's people, and inviting them again. */
export function contactRoutes({ path, owner, show, home }: ContactsPlace) {
  const done = (c: Context<AppEnv>, flash: Flash): Response => {
    setFlash(c, flash);
    return c.redirect(home(c), 303);
  };
  return new Hono<AppEnv>()
    .post(path, async (c) => {
      const form = await parseForm(c, ContactInput);
      if (!form.ok) return show(c, { invitation: form }, 422);
      const values = { ...form.data };
      const message = await tooManyInvites(c);
      if (message) return show(c, { invitation: { values, message } }, 429);
      try {
        const mailed = await inviteContact(c.var.ctx, owner(c), form.data);
        return done(
          c,
          mailed
            ? { tone: 'success', text: `The invitation is on its way to ${form.data.email}.` }
            : { tone: 'warning', text: `The contact is added. ${NOT_MAILED}` },
        );
      } catch (error) {
        if (error instanceof AppError && error.code === 'rule')
          return show(c, { invitation: { values, message: error.message } }, 422);
        if (!isConflict(error)) throw error;
        return show(c, { invitation: { values, errors: { email: [error.message] } } }, 422);
      }
    })
    .post(`${path}/:contact`, async (c) => {
      const id = contactId(c);
      const form = await parseForm(c, ContactForm);
      if (!form.ok) {
        const version = String(form.values['version'] ?? '');
        return show(c, { contact: { ...form, id, version } }, 422);
      }
      const { version: _opened, ...values } = form.data;
      try {
        const changed = await updateContact(c.var.ctx, owner(c), id, form.data);
        return done(
          c,
          changed
            ? { tone: 'success', text: 'The contact is saved.' }
            : { tone: 'info', text: 'Nothing was changed, so nothing was saved.' },
        );
      } catch (error) {
        if (!isConflict(error)) throw error;
        return show(c, { contact: { id, values, message: CHANGED_MEANWHILE } }, 409);
      }
    })
    .post(`${path}/:contact/remove`, async (c) => {
      await removeContact(c.var.ctx, owner(c), contactId(c));
      return done(c, { tone: 'success', text: 'The contact is removed.' });
    })
    .post(`${path}/:contact/resend`, async (c) => {
      const id = contactId(c);
      const message = await tooManyInvites(c);
      if (message) return show(c, { contact: { id, message } }, 429);
      try {
        const mailed = await resendInvite(c.var.ctx, owner(c), id);
        const text = 'A new invitation is on its way. The links sent before no longer work.';
        return done(c, mailed ? { tone: 'success', text } : { tone: 'warning', text: NOT_MAILED });
      } catch (error) {
        if (!isConflict(error)) throw error;
        return show(c, { contact: { id, message: error.message } }, 409);
      }
    });
}

function contactId(c: Context<AppEnv>): Id<'contact'> {
  return idFrom('contact', c.req.param('contact') ?? '');
}

function isConflict(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'conflict';
}

/**
 * Counts a mail sent to somebody else's mailbox, which is why it is never given back. By company: however often one logs in,
 * the count is the same. The account, which only the round trip finds, has a limit a day (db/sql/limit-mails.sql).
 * @returns what to say when there have been too many
 */
async function tooManyInvites(c: Context<AppEnv>): Promise<string | null> {
  const { entry } = c.var.ctx;
  const company = entry.kind === 'staff' ? entry.companyId : c.var.companyId;
  if (!company) throw new Error('Nobody is signed in.');
  const attempt = await beginAttempt(c, `contact-invite:${entry.kind}`, company);
  return attempt.allowed ? null : waitMessage(c, attempt.retryAfter);
}

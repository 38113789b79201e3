import { type Context, Hono } from 'hono';
import { type Id, idFrom } from '#db/ids.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { removeContact } from '#src/contacts/remove-contact.ts';
import { resendInvite } from '#src/contacts/resend-invite.ts';
import { ContactForm, ContactInput } from '#src/contacts/schema.ts';
import { updateContact } from '#src/contacts/update-contact.ts';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { beginAttempt, waitMessage } from '../../site/throttle.ts';
import type { Flash } from '../../views/notice.tsx';
import { profilePath } from './addresses.ts';
import { customerId, profilePage } from './profile-answer.tsx';

const CHANGED_MEANWHILE =
  'Somebody else has changed this contact since you opened the page. Above is what they saved, below what you entered; saving again replaces theirs.';

/** The people of a customer, on its page: invited, edited, removed. */
export const customerContacts = new Hono<AppEnv>()
  .post('/customers/:id/contacts', async (c) => {
    const form = await parseForm(c, ContactInput);
    if (!form.ok) return profilePage(c, { invitation: form }, 422);
    const values = { ...form.data };
    const message = await tooManyInvites(c);
    if (message) return profilePage(c, { invitation: { values, message } }, 429);
    const { ctx } = c.var;
    try {
      await inviteContact(ctx, customerId(c), form.data);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const errors = { email: [error.message] };
      return profilePage(c, { invitation: { values, errors } }, 422);
    }
    const text = `The invitation is on its way to ${form.data.email}.`;
    return done(c, { tone: 'success', text });
  })
  .post('/customers/:id/contacts/:contact', async (c) => {
    const id = contactId(c);
    const form = await parseForm(c, ContactForm);
    if (!form.ok) {
      const version = String(form.values['version'] ?? '');
      return profilePage(c, { contact: { ...form, id, version } }, 422);
    }
    const { version: _opened, ...values } = form.data;
    try {
      const changed = await updateContact(c.var.ctx, customerId(c), id, form.data);
      return done(
        c,
        changed
          ? { tone: 'success', text: 'The contact is saved.' }
          : { tone: 'info', text: 'Nothing was changed, so nothing was saved.' },
      );
    } catch (error) {
      if (!isConflict(error)) throw error;
      return profilePage(c, { contact: { id, values, message: CHANGED_MEANWHILE } }, 409);
    }
  })
  .post('/customers/:id/contacts/:contact/remove', async (c) => {
    await removeContact(c.var.ctx, customerId(c), contactId(c));
    return done(c, { tone: 'success', text: 'The contact is removed.' });
  })
  .post('/customers/:id/contacts/:contact/resend', async (c) => {
    const id = contactId(c);
    const message = await tooManyInvites(c);
    if (message) return profilePage(c, { contact: { id, message } }, 429);
    try {
      await resendInvite(c.var.ctx, customerId(c), id);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return done(c, { tone: 'info', text: error.message });
    }
    const text = 'A new invitation is on its way. The links sent before no longer work.';
    return done(c, { tone: 'success', text });
  });

function contactId(c: Context<AppEnv>): Id<'contact'> {
  return idFrom('contact', c.req.param('contact') ?? '');
}

function done(c: Context<AppEnv>, flash: Flash): Response {
  setFlash(c, flash);
  return c.redirect(profilePath(customerId(c)), 303);
}

function isConflict(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'conflict';
}

/**
 * Counts a mail this browser has us send to somebody. Never given back: the mailbox it fills is another's. By session
 * and not by person, who is known only after the one round trip there is.
 * @returns what to say when there have been too many
 */
async function tooManyInvites(c: Context<AppEnv>): Promise<string | null> {
  const { entry } = c.var.ctx;
  if (entry.kind !== 'staff') throw new Error('Not a staff request.');
  const attempt = await beginAttempt(c, 'contact-invite', entry.sessionId);
  return attempt.allowed ? null : waitMessage(c, attempt.retryAfter);
}

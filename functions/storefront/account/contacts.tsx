import { type Context, Hono } from 'hono';
import { type Id, idFrom } from '#db/ids.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { removeContact } from '#src/contacts/remove-contact.ts';
import { resendInvite } from '#src/contacts/resend-invite.ts';
import { ContactForm, ContactInput } from '#src/contacts/schema.ts';
import { updateContact } from '#src/contacts/update-contact.ts';
import { customerOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { getAccountPage } from '#src/storefront/account-page.ts';
import { myCustomer } from '#src/storefront/me.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { beginAttempt, waitMessage } from '../../site/throttle.ts';
import type { Flash } from '../../views/notice.tsx';
import { storePath } from '../store-path.ts';
import { accountPage } from './account-page.tsx';
import type { ContactEdit } from './contact-item.tsx';
import { ContactsCard, type Invitation } from './contacts-card.tsx';

const PAGE = '/account/contacts';
const CHANGED_MEANWHILE =
  'Somebody else has changed this contact since you opened the page. Above is what they saved, below what you entered; saving again replaces theirs.';

/** The customer's further people: for the main account and admins. */
export const contacts = new Hono<AppEnv>()
  .get('/:slug/account/contacts', (c) => show(c))
  .post('/:slug/account/contacts', async (c) => {
    const form = await parseForm(c, ContactInput);
    if (!form.ok) return show(c, { invitation: form }, 422);
    const values = { ...form.data };
    const message = await tooManyInvites(c);
    if (message) return show(c, { invitation: { values, message } }, 429);
    try {
      await inviteContact(c.var.ctx, myCustomer, form.data);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return show(c, { invitation: { values, errors: { email: [error.message] } } }, 422);
    }
    const text = `The invitation is on its way to ${form.data.email}.`;
    return done(c, { tone: 'success', text });
  })
  .post('/:slug/account/contacts/:contact', async (c) => {
    const id = contactId(c);
    const form = await parseForm(c, ContactForm);
    if (!form.ok) {
      const version = String(form.values['version'] ?? '');
      return show(c, { edit: { ...form, id, version } }, 422);
    }
    const { version: _opened, ...values } = form.data;
    try {
      const changed = await updateContact(c.var.ctx, myCustomer, id, form.data);
      return done(
        c,
        changed
          ? { tone: 'success', text: 'The contact is saved.' }
          : { tone: 'info', text: 'Nothing was changed, so nothing was saved.' },
      );
    } catch (error) {
      if (!isConflict(error)) throw error;
      return show(c, { edit: { id, values, message: CHANGED_MEANWHILE } }, 409);
    }
  })
  .post('/:slug/account/contacts/:contact/remove', async (c) => {
    await removeContact(c.var.ctx, myCustomer, contactId(c));
    return done(c, { tone: 'success', text: 'The contact is removed.' });
  })
  .post('/:slug/account/contacts/:contact/resend', async (c) => {
    const id = contactId(c);
    const message = await tooManyInvites(c);
    if (message) return show(c, { edit: { id, message } }, 429);
    try {
      await resendInvite(c.var.ctx, myCustomer, id);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return show(c, { edit: { id, message: error.message } }, 409);
    }
    const text = 'A new invitation is on its way. The links sent before no longer work.';
    return done(c, { tone: 'success', text });
  });

function contactId(c: Context<AppEnv>): Id<'contact'> {
  return idFrom('contact', c.req.param('contact') ?? '');
}

/** Whoever has changed their own role or access may not see the contacts any more: the catalog tells them so. */
function done(c: Context<AppEnv>, flash: Flash): Response {
  setFlash(c, flash);
  return c.redirect(storePath(customerOf(c.var.ctx), PAGE), 303);
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
  if (entry.kind !== 'customer') throw new Error('Not a customer request.');
  const attempt = await beginAttempt(c, 'store-invite', entry.sessionId);
  return attempt.allowed ? null : waitMessage(c, attempt.retryAfter);
}

type Problem = { invitation?: Invitation; edit?: ContactEdit };

async function show(
  c: Context<AppEnv>,
  { invitation, edit }: Problem = {},
  status: 200 | 409 | 422 | 429 = 200,
): Promise<Response> {
  const { ctx } = c.var;
  const { contacts: rows } = await getAccountPage(ctx);
  if (!rows) throw new AppError('forbidden', 'Your role does not allow this.');
  if (edit && !rows.some(({ id }) => id === edit.id)) {
    throw new AppError('not_found', 'Contact not found.');
  }
  const me = customerOf(ctx);
  return accountPage(
    c,
    { tab: 'Contacts', status },
    <ContactsCard
      path={storePath(me, PAGE)}
      contacts={rows}
      me={me.contactId}
      invitation={invitation}
      edit={edit}
      timeZone={me.timeZone}
    />,
  );
}

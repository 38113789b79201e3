import { type Context, Hono } from 'hono';
import { contactNotFound } from '#src/contacts/queries.ts';
import { customerOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { getAccountPage } from '#src/storefront/account-page.ts';
import { myCustomer } from '#src/storefront/me.ts';
import type { AppEnv } from '../../app-env.ts';
import { type ContactProblem, contactRoutes } from '../../contacts/contact-routes.ts';
import { ContactsCard } from '../../contacts/contacts-card.tsx';
import { partWanted } from '../../part-wanted.ts';
import { queryHref } from '../../views/query-href.ts';
import { storePath } from '../store-path.ts';
import { accountPage } from './account-page.tsx';

const PAGE = '/account/contacts';

/** The customer's further people: for the main account and admins. */
export const contacts = new Hono<AppEnv>()
  .get(`/:slug${PAGE}`, (c) => show(c))
  .route(
    '/',
    contactRoutes({
      path: `/:slug${PAGE}`,
      owner: () => myCustomer,
      show,
      // Whoever has changed their own role or access may not see the contacts any more: the catalog tells them so.
      home: (c) => queryHref(storePath(customerOf(c.var.ctx), PAGE), { part: partWanted(c) }),
    }),
  );

async function show(
  c: Context<AppEnv>,
  { invitation, contact: edit }: ContactProblem = {},
  status: 200 | 409 | 422 | 429 = 200,
): Promise<Response> {
  const { ctx } = c.var;
  const { contacts: rows } = await getAccountPage(ctx);
  if (!rows) throw new AppError('forbidden', 'Your role does not allow this.');
  if (edit && !rows.some(({ id }) => id === edit.id)) {
    throw contactNotFound();
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
      part={partWanted(c) ?? 1}
      home={storePath(me, PAGE)}
    />,
  );
}

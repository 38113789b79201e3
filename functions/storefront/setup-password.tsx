import { isInviteGood, requestInvite, setUpPassword } from '#src/contacts/set-up-password.ts';
import { storeOf } from '#src/context.ts';
import { passwordHasher } from '../password-hasher.ts';
import { sessionCookie } from '../session-cookie.ts';
import { Link } from '../views/button.tsx';
import { passwordLinkRoutes } from './password-link-routes.tsx';
import { storePath } from './store-path.ts';

/** How contacts get their first password; nobody sets one by knowing an address (decision 2). */
export const setupPassword = passwordLinkRoutes({
  path: '/setup-password',
  texts: (store) => ({
    ask: {
      title: 'Get your invitation again',
      lead: 'For people who were invited and have not chosen a password yet.',
      button: 'Mail me the link',
    },
    sent: (
      <>
        If the address has an open invitation from {store.companyName}, a new link is on its way. It
        works once and is valid for 7 days. Nothing there? Perhaps you chose a password already:{' '}
        <Link href={storePath(store, '/login')}>log in</Link>, or{' '}
        <Link href={storePath(store, '/reset')}>reset it</Link>.
      </>
    ),
    choose: {
      title: 'Choose a password',
      lead: `You are invited to order from ${store.companyName}.`,
      button: 'Set password and log in',
    },
    over: 'It was used already, replaced by a newer one, or is older than 7 days.',
    again: 'Get your invitation again',
  }),
  request: requestInvite,
  good: isInviteGood,
  async choose(c, token, input) {
    const { ctx } = c.var;
    const userAgent = c.req.header('User-Agent') ?? '';
    const sessionId = await setUpPassword(ctx, passwordHasher, token, input, userAgent);
    if (!sessionId) return null;
    const { companyId, companySlug } = storeOf(ctx);
    await sessionCookie.customer.set(c, { sessionId, companyId }, companySlug);
    return c.redirect(storePath({ companySlug }, '/catalog'), 303);
  },
});

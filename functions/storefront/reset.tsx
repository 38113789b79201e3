import { storeOf } from '#src/context.ts';
import {
  isCustomerResetLinkGood,
  requestCustomerPasswordReset,
  resetCustomerPassword,
} from '#src/storefront/reset-password.ts';
import { setFlash } from '../flash.ts';
import { passwordHasher } from '../password-hasher.ts';
import { sessionCookie } from '../session-cookie.ts';
import { Link } from '../views/button.tsx';
import { passwordLinkRoutes } from './password-link-routes.tsx';
import { storePath } from './store-path.ts';

/** For who forgot their password, and for imported customers, who never had one. */
export const reset = passwordLinkRoutes({
  path: '/reset',
  texts: (store) => ({
    ask: {
      title: 'Set a password',
      lead: 'We mail you a link, whether you forgot your password or never had one.',
      button: 'Mail me a link',
    },
    sent: (
      <>
        If the address has an account at {store.companyName}, a link is on its way. It works once
        and is valid for one hour. Nothing there? Look into the spam folder, or{' '}
        <Link href={storePath(store, '/reset')}>ask again</Link>.
      </>
    ),
    choose: {
      title: 'Set a new password',
      lead: 'All browsers that are signed in to your account will be signed out.',
      button: 'Set password',
    },
    over: 'It was used already, or is older than an hour.',
    again: 'Get a new link',
  }),
  request: requestCustomerPasswordReset,
  good: isCustomerResetLinkGood,
  async choose(c, token, input) {
    const { ctx } = c.var;
    if (!(await resetCustomerPassword(ctx, passwordHasher, token, input))) return null;
    const store = storeOf(ctx);
    sessionCookie.customer.clear(c, store.companySlug);
    setFlash(c, { tone: 'success', text: 'Your new password is set. Log in with it.' });
    return c.redirect(storePath(store, '/login'), 303);
  },
});

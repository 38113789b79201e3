import { type Context, Hono } from 'hono';
import { customerOf } from '#src/context.ts';
import { ChangePasswordInput } from '#src/lib/password-forms.ts';
import { changeCustomerPassword } from '#src/storefront/change-password.ts';
import { checkViewer } from '#src/tenant.ts';
import { ChangePasswordCard } from '../../accounts/change-password-card.tsx';
import { beginAttempt, waitMessage } from '../../accounts/throttle.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { passwordHasher } from '../../password-hasher.ts';
import type { RefusedForm } from '../../views/form.tsx';
import { storePath } from '../store-path.ts';
import { accountPage } from './account-page.tsx';

export const password = new Hono<AppEnv>()
  .get('/:slug/account/password', async (c) => {
    await checkViewer(c.var.ctx, 'own_login:write');
    return show(c);
  })
  .post('/:slug/account/password', async (c) => {
    const { ctx } = c.var;
    await checkViewer(ctx, 'own_login:write');
    const me = customerOf(ctx);
    const form = await parseForm(c, ChangePasswordInput);
    if (!form.ok) return show(c, { errors: form.errors }, 422);
    // Whoever finds an open browser may not find out the password by trying.
    const attempt = await beginAttempt(c, 'store-password', me.contactId ?? me.customerId);
    if (!attempt.allowed) return show(c, { message: waitMessage(c, attempt.retryAfter) }, 429);
    if (!(await changeCustomerPassword(ctx, passwordHasher, form.data))) {
      return show(c, { errors: { currentPassword: ['This is not your present password.'] } }, 422);
    }
    await attempt.succeed();
    setFlash(c, {
      tone: 'success',
      text: 'Your password is changed. All other browsers are signed out.',
    });
    return c.redirect(storePath(me, '/account/password'), 303);
  });

function show(c: Context<AppEnv>, refused?: RefusedForm, status?: 422 | 429) {
  return accountPage(
    c,
    { tab: 'Password', ...(status && { status }) },
    <ChangePasswordCard
      action={storePath(customerOf(c.var.ctx), '/account/password')}
      {...refused}
    />,
  );
}

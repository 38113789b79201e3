import { type Context, Hono } from 'hono';
import { staffOf } from '#src/context.ts';
import { changePassword } from '#src/staff/change-password.ts';
import { ChangePasswordInput } from '#src/lib/password-forms.ts';
import { checkViewer } from '#src/tenant.ts';
import { ChangePasswordCard } from '../../accounts/change-password-card.tsx';
import { beginAttempt, waitMessage } from '../../accounts/throttle.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { passwordHasher } from '../../password-hasher.ts';
import type { RefusedForm } from '../../views/form.tsx';
import { settingsPage } from './settings-page.tsx';

const PATH = '/dashboard/settings/password';

export const password = new Hono<AppEnv>()
  .get('/settings/password', async (c) => {
    await checkViewer(c.var.ctx, 'own_account:write');
    return show(c);
  })
  .post('/settings/password', async (c) => {
    const { ctx } = c.var;
    await checkViewer(ctx, 'own_account:write');
    const form = await parseForm(c, ChangePasswordInput);
    if (!form.ok) return show(c, { errors: form.errors }, 422);
    // Whoever finds an open browser may not find out the password by trying.
    const attempt = await beginAttempt(c, 'staff-password', staffOf(ctx).userId);
    if (!attempt.allowed) return show(c, { message: waitMessage(c, attempt.retryAfter) }, 429);
    if (!(await changePassword(ctx, passwordHasher, form.data))) {
      return show(c, { errors: { currentPassword: ['This is not your present password.'] } }, 422);
    }
    await attempt.succeed();
    setFlash(c, {
      tone: 'success',
      text: 'Your password is changed. All other browsers are signed out.',
    });
    return c.redirect(PATH, 303);
  });

function show(c: Context<AppEnv>, refused?: RefusedForm, status?: 422 | 429) {
  return settingsPage(
    c,
    { title: 'Password', ...(status && { status }) },
    <ChangePasswordCard action={PATH} {...refused} />,
  );
}

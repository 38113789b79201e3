import { Hono } from 'hono';
import { staffOf } from '#src/context.ts';
import { changePassword } from '#src/staff/change-password.ts';
import { ChangePasswordInput } from '#src/lib/password-forms.ts';
import { checkViewer } from '#src/tenant.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { passwordHasher } from '../../password-hasher.ts';
import { beginAttempt, waitMessage } from '../../site/throttle.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Field } from '../../views/field.tsx';
import { Form, FormActions, type FormErrors } from '../../views/form.tsx';
import { NewPasswordFields } from '../../views/new-password-fields.tsx';
import { settingsPage } from './settings-page.tsx';

const PATH = '/dashboard/settings/password';
const FRAME = { title: 'Password' };

export const password = new Hono<AppEnv>()
  .get('/settings/password', async (c) => {
    await checkViewer(c.var.ctx, 'own_account:write');
    return settingsPage(c, FRAME, <Password />);
  })
  .post('/settings/password', async (c) => {
    await checkViewer(c.var.ctx, 'own_account:write');
    const form = await parseForm(c, ChangePasswordInput);
    if (!form.ok)
      return settingsPage(c, { ...FRAME, status: 422 }, <Password errors={form.errors} />);
    // Whoever finds an open browser may not find out the password by trying.
    const attempt = await beginAttempt(c, 'staff-password', staffOf(c.var.ctx).userId);
    if (!attempt.allowed) {
      const message = waitMessage(c, attempt.retryAfter);
      return settingsPage(c, { ...FRAME, status: 429 }, <Password message={message} />);
    }
    if (!(await changePassword(c.var.ctx, passwordHasher, form.data))) {
      const errors = { currentPassword: ['This is not your present password.'] };
      return settingsPage(c, { ...FRAME, status: 422 }, <Password errors={errors} />);
    }
    await attempt.succeed();
    setFlash(c, {
      tone: 'success',
      text: 'Your password is changed. All other browsers are signed out.',
    });
    return c.redirect(PATH, 303);
  });

function Password({ errors, message }: { errors?: FormErrors; message?: string }) {
  return (
    <Card title="Password" description="Changing it signs all your other browsers out.">
      <Form action={PATH} errors={errors} message={message}>
        <Field
          name="currentPassword"
          label="Present password"
          type="password"
          autocomplete="current-password"
          required
        />
        <NewPasswordFields />
        <FormActions>
          <Button variant="primary">Change password</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

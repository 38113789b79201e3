import { Hono } from 'hono';
import { changePassword } from '#src/staff/change-password.ts';
import { ChangePasswordInput } from '#src/staff/schema.ts';
import { checkViewer } from '#src/tenant.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { passwordHasher } from '../../password-hasher.ts';
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
    const form = await parseForm(c, ChangePasswordInput);
    if (!form.ok) {
      await checkViewer(c.var.ctx, 'own_account:write');
      return settingsPage(c, { ...FRAME, status: 422 }, <Password errors={form.errors} />);
    }
    if (!(await changePassword(c.var.ctx, passwordHasher, form.data))) {
      const errors = { currentPassword: ['This is not your present password.'] };
      return settingsPage(c, { ...FRAME, status: 422 }, <Password errors={errors} />);
    }
    setFlash(c, {
      tone: 'success',
      text: 'Your password is changed. All other browsers are signed out.',
    });
    return c.redirect(PATH, 303);
  });

function Password({ errors }: { errors?: FormErrors }) {
  return (
    <Card title="Password" description="Changing it signs all your other browsers out.">
      <Form action={PATH} errors={errors}>
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

import { type Context, Hono } from 'hono';
import { type StaffViewer, staffOf } from '#src/context.ts';
import { requestEmailChange, requestEmailVerification } from '#src/staff/change-email.ts';
import { NewEmailInput, ProfileInput } from '#src/staff/schema.ts';
import { updateProfile } from '#src/staff/update-profile.ts';
import { checkViewer } from '#src/tenant.ts';
import { ConfirmPasswordField, confirmPassword } from '../../accounts/confirm-password.tsx';
import { beginAttempt, MAILED_ENOUGH, waitMessage } from '../../accounts/throttle.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Field } from '../../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../../views/form.tsx';
import { Row, Stack } from '../../views/layout.tsx';
import { settingsPage } from './settings-page.tsx';

const PATH = '/dashboard/settings/profile';
const FRAME = { title: 'Profile' };

export const profile = new Hono<AppEnv>()
  .get('/settings/profile', async (c) => {
    await checkViewer(c.var.ctx, 'own_account:write');
    return settingsPage(c, FRAME, <Profile viewer={staffOf(c.var.ctx)} />);
  })
  .post('/settings/profile', async (c) => {
    const form = await parseForm(c, ProfileInput);
    if (!form.ok) {
      await checkViewer(c.var.ctx, 'own_account:write');
      return settingsPage(
        c,
        { ...FRAME, status: 422 },
        <Profile viewer={staffOf(c.var.ctx)} name={form} />,
      );
    }
    await updateProfile(c.var.ctx, form.data);
    setFlash(c, { tone: 'success', text: 'Your profile is saved.' });
    return c.redirect(PATH, 303);
  })
  .post('/settings/profile/email', async (c) => {
    const form = await parseForm(c, NewEmailInput);
    if (!form.ok) {
      await checkViewer(c.var.ctx, 'own_account:write');
      return settingsPage(
        c,
        { ...FRAME, status: 422 },
        <Profile viewer={staffOf(c.var.ctx)} email={form} />,
      );
    }
    const asked = await confirmPassword(c, 'own_account:write');
    const viewer = staffOf(c.var.ctx);
    if (!asked.ok) {
      const email = { values: form.values, ...asked.refused };
      const { status } = asked;
      return settingsPage(c, { ...FRAME, status }, <Profile viewer={viewer} email={email} />);
    }
    const message =
      (await tooManyMails(c)) ??
      ((await requestEmailChange(c.var.ctx, form.data, asked.confirmation)) ? null : MAILED_ENOUGH);
    if (message) {
      const email = { values: form.values, message };
      return settingsPage(c, { ...FRAME, status: 429 }, <Profile viewer={viewer} email={email} />);
    }
    setFlash(c, {
      tone: 'info',
      text: `Open the link we have mailed to ${form.data.email}. Until then you log in as before.`,
    });
    return c.redirect(PATH, 303);
  })
  .post('/settings/profile/verify', async (c) => {
    await checkViewer(c.var.ctx, 'own_account:write');
    const message =
      (await tooManyMails(c)) ??
      ((await requestEmailVerification(c.var.ctx)) ? null : MAILED_ENOUGH);
    if (message) {
      const viewer = staffOf(c.var.ctx);
      return settingsPage(
        c,
        { ...FRAME, status: 429 },
        <Profile viewer={viewer} email={{ message }} />,
      );
    }
    setFlash(c, { tone: 'info', text: 'The link is on its way to your mailbox.' });
    return c.redirect(PATH, 303);
  });

/**
 * Counts a mail this person has us send. Never given back: the mailbox it fills may be somebody else's.
 * @returns what to say when there have been too many
 */
async function tooManyMails(c: Context<AppEnv>): Promise<string | null> {
  const attempt = await beginAttempt(c, 'staff-mail', staffOf(c.var.ctx).userId);
  return attempt.allowed ? null : waitMessage(c, attempt.retryAfter);
}

function Profile(props: { viewer: StaffViewer; name?: RefusedForm; email?: RefusedForm }) {
  const { userName, userEmail, emailVerified, confirmed } = props.viewer;
  return (
    <Stack>
      <Card title="Profile">
        <Form
          action={PATH}
          values={props.name?.values ?? { name: userName }}
          errors={props.name?.errors}
        >
          <Field name="name" label="Name" autocomplete="name" required />
          <FormActions>
            <Button variant="primary">Save</Button>
          </FormActions>
        </Form>
      </Card>
      <Card
        title="Email"
        description="You log in with it, and mails go there."
        actions={
          <Badge tone={emailVerified ? 'success' : 'warning'}>
            {emailVerified ? 'Confirmed' : 'Not confirmed'}
          </Badge>
        }
      >
        <Stack>
          {!emailVerified && (
            <Row between>
              {userEmail}
              <Form action={`${PATH}/verify`}>
                <Button>Mail the link again</Button>
              </Form>
            </Row>
          )}
          <Form
            action={`${PATH}/email`}
            values={props.email?.values ?? {}}
            errors={props.email?.errors}
            message={props.email?.message}
          >
            <Field
              name="email"
              label="New email"
              type="email"
              autocomplete="email"
              hint={`Now ${userEmail}. It changes once you open the link we mail to the new address.`}
              required
            />
            <ConfirmPasswordField confirmed={confirmed} />
            <FormActions>
              <Button>Change email</Button>
            </FormActions>
          </Form>
        </Stack>
      </Card>
    </Stack>
  );
}

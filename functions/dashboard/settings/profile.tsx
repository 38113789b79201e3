import { Hono } from 'hono';
import type { StaffViewer } from '#src/context.ts';
import { requestEmailChange, requestEmailVerification } from '#src/staff/change-email.ts';
import { NewEmailInput, ProfileInput } from '#src/staff/schema.ts';
import { updateProfile } from '#src/staff/update-profile.ts';
import { checkViewer } from '#src/tenant.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { type ParsedForm, parseForm } from '../../parse-form.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Field } from '../../views/field.tsx';
import { Form, FormActions } from '../../views/form.tsx';
import { Row, Stack } from '../../views/layout.tsx';
import { settingsPage } from './settings-page.tsx';

const PATH = '/dashboard/settings/profile';
const FRAME = { title: 'Profile' };

export const profile = new Hono<AppEnv>()
  .get('/settings/profile', async (c) => {
    await checkViewer(c.var.ctx, 'own_account:write');
    return settingsPage(c, FRAME, <Profile viewer={viewer(c.var.ctx)} />);
  })
  .post('/settings/profile', async (c) => {
    const form = await parseForm(c, ProfileInput);
    if (!form.ok) {
      await checkViewer(c.var.ctx, 'own_account:write');
      return settingsPage(
        c,
        { ...FRAME, status: 422 },
        <Profile viewer={viewer(c.var.ctx)} name={form} />,
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
        <Profile viewer={viewer(c.var.ctx)} email={form} />,
      );
    }
    await requestEmailChange(c.var.ctx, form.data);
    setFlash(c, {
      tone: 'info',
      text: `Open the link we have mailed to ${form.data.email}. Until then you log in as before.`,
    });
    return c.redirect(PATH, 303);
  })
  .post('/settings/profile/verify', async (c) => {
    await requestEmailVerification(c.var.ctx);
    setFlash(c, { tone: 'info', text: 'The link is on its way to your mailbox.' });
    return c.redirect(PATH, 303);
  });

function viewer({ staff }: { staff: StaffViewer | null }): StaffViewer {
  if (!staff) throw new Error('The viewer is known only after the first batch.');
  return staff;
}

type Failed = Extract<ParsedForm<never>, { ok: false }>;

function Profile(props: { viewer: StaffViewer; name?: Failed; email?: Failed }) {
  const { userName, userEmail, emailVerified } = props.viewer;
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
          >
            <Field
              name="email"
              label="New email"
              type="email"
              autocomplete="email"
              hint={`Now ${userEmail}. It changes once you open the link we mail to the new address.`}
              required
            />
            <FormActions>
              <Button>Change email</Button>
            </FormActions>
          </Form>
        </Stack>
      </Card>
    </Stack>
  );
}

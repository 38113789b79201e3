import { type Context, Hono } from 'hono';
import { type CustomerViewer, customerOf } from '#src/context.ts';
import { CustomerProfileInput } from '#src/storefront/schema.ts';
import { updateCustomerProfile } from '#src/storefront/update-profile.ts';
import { checkViewer } from '#src/tenant.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { DescriptionList } from '../../views/description-list.tsx';
import { Email } from '../../views/email.tsx';
import { Field } from '../../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../../views/form.tsx';
import { Stack } from '../../views/layout.tsx';
import { CUSTOMER_ROLE_NAMES } from '../../views/store-layout.tsx';
import { mailLinkAgain } from '../mail-link-again.ts';
import { storePath } from '../store-path.ts';
import { accountPage } from './account-page.tsx';

export const profile = new Hono<AppEnv>()
  .get('/:slug/account', async (c) => {
    await checkViewer(c.var.ctx, 'own_login:write');
    return show(c);
  })
  .post('/:slug/account', async (c) => {
    const { ctx } = c.var;
    const form = await parseForm(c, CustomerProfileInput);
    if (!form.ok) {
      await checkViewer(ctx, 'own_login:write');
      return show(c, { name: form }, 422);
    }
    await updateCustomerProfile(ctx, form.data);
    setFlash(c, { tone: 'success', text: 'Your profile is saved.' });
    return c.redirect(storePath(customerOf(ctx), '/account'), 303);
  })
  .post('/:slug/account/verify', async (c) => {
    const { ctx } = c.var;
    await checkViewer(ctx, 'own_login:write');
    const me = customerOf(ctx);
    if (me.emailVerified) {
      setFlash(c, { tone: 'info', text: 'Your email address is confirmed already.' });
      return c.redirect(storePath(me, '/account'), 303);
    }
    const tooMany = await mailLinkAgain(c, me);
    if (tooMany) return show(c, { email: { message: tooMany } }, 429);
    setFlash(c, { tone: 'info', text: `The link is on its way to ${me.email}.` });
    return c.redirect(storePath(me, '/account'), 303);
  });

type Problem = { name?: RefusedForm; email?: RefusedForm };

function show(c: Context<AppEnv>, problem: Problem = {}, status?: 422 | 429) {
  const me = customerOf(c.var.ctx);
  return accountPage(
    c,
    { tab: 'Profile', ...(status && { status }) },
    <Profile me={me} {...problem} />,
  );
}

function Profile({ me, name, email }: Problem & { me: CustomerViewer }) {
  const path = storePath(me, '/account');
  return (
    <Stack>
      <Card title="Profile">
        <Form action={path} values={name?.values ?? { name: me.name }} errors={name?.errors}>
          <Field
            name="name"
            label={me.contactId ? 'Your name' : 'Business name'}
            autocomplete={me.contactId ? 'name' : 'organization'}
            required
          />
          <FormActions>
            <Button variant="primary">Save</Button>
          </FormActions>
        </Form>
      </Card>
      <Card
        title="Log-in"
        description="The email is what you log in with. It cannot be changed."
        actions={
          <Badge tone={me.emailVerified ? 'success' : 'warning'}>
            {me.emailVerified ? 'Confirmed' : 'Not confirmed'}
          </Badge>
        }
      >
        <Stack>
          <DescriptionList
            items={[
              { label: 'Email', value: <Email address={me.email} /> },
              { label: 'Customer', value: me.customerName },
              { label: 'Role', value: CUSTOMER_ROLE_NAMES[me.role] },
            ]}
          />
          {!me.emailVerified && (
            <Form action={`${path}/verify`} message={email?.message}>
              <FormActions>
                <Button icon="mail">Mail the confirmation link again</Button>
              </FormActions>
            </Form>
          )}
        </Stack>
      </Card>
    </Stack>
  );
}

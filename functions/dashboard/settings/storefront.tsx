import { type Context, Hono } from 'hono';
import { type Company, getCompany } from '#src/companies/queries.ts';
import { CONTACT_PHONE_MAX, OPENING_HOURS_MAX } from '#src/companies/schema.ts';
import { shownStorefront, StorefrontForm } from '#src/companies/storefront-form.ts';
import { updateCompany } from '#src/companies/update-company.ts';
import { SLUG_TAKEN } from '#src/refusal.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { Button, Link } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { CheckField } from '../../views/check-field.tsx';
import { CopyField } from '../../views/copy-field.tsx';
import { Field } from '../../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../../views/form.tsx';
import { Prose, Stack } from '../../views/layout.tsx';
import { storefrontUrl } from '../storefront-url.ts';
import { settingsPage, SOMEONE_ELSE_SAVED } from './settings-page.tsx';

const PATH = '/dashboard/settings/storefront';

/** `/dashboard/settings/storefront`: where customers order, who may register, and how they reach the company. */
export const storefront = new Hono<AppEnv>()
  .get('/settings/storefront', async (c) => show(c, await getCompany(c.var.ctx)))
  .post('/settings/storefront', async (c) => {
    const form = await parseForm(c, StorefrontForm);
    if (!form.ok) return show(c, await getCompany(c.var.ctx), form, 422);
    const { values } = form;
    const result = await updateCompany(c.var.ctx, form.data.input, form.data.version);
    if (result.ok) {
      setFlash(c, { tone: 'success', text: 'Storefront settings saved.' });
      return c.redirect(PATH, 303);
    }
    switch (result.reason) {
      case 'changed_meanwhile':
        return show(c, result.current, { values, message: SOMEONE_ELSE_SAVED }, 409);
      case 'slug_taken':
        return show(c, result.current, { values, errors: { slug: [SLUG_TAKEN] } }, 422);
    }
  });

function show(
  c: Context<AppEnv>,
  saved: Company,
  problem?: RefusedForm,
  status: 200 | 409 | 422 = 200,
) {
  const link = storefrontUrl(c.var.ctx, saved.slug);
  return settingsPage(
    c,
    { title: 'Storefront settings', status },
    <StorefrontSettings saved={saved} link={link} problem={problem} />,
  );
}

type Props = { saved: Company; link: string; problem?: RefusedForm | undefined };

function StorefrontSettings({ saved, link, problem }: Props) {
  return (
    <Stack>
      <Card title="Storefront link">
        <Stack>
          <CopyField id="storefront-link" label="Link to share with customers" value={link} />
          <Prose>
            <Link href={link} external>
              {link}
            </Link>
          </Prose>
        </Stack>
      </Card>
      <Form
        action={PATH}
        values={problem?.values ?? shownStorefront(saved)}
        errors={problem?.errors}
        message={problem?.message}
        hidden={{ version: saved.version }}
        guard
      >
        <Card title="Address and registration">
          <Stack>
            <Field
              name="slug"
              label="Storefront address"
              hint="The last part of your storefront link. Your old link keeps working unless another company takes it."
              required
            />
            <CheckField
              name="registrationOpen"
              label="Customers can register"
              hint="When off, new customers can’t register. Existing customers can still log in."
            />
          </Stack>
        </Card>
        <Card
          title="Contact details"
          description="Shown to signed-in customers at the bottom of your storefront."
        >
          <Stack>
            <Field name="contactEmail" label="Email" type="email" optional />
            <Field name="contactPhone" label="Phone" maxlength={CONTACT_PHONE_MAX} optional />
            <Field
              name="openingHours"
              label="Opening hours"
              type="textarea"
              rows={2}
              maxlength={OPENING_HOURS_MAX}
              optional
            />
          </Stack>
        </Card>
        <FormActions>
          <Button variant="primary">Save</Button>
        </FormActions>
      </Form>
    </Stack>
  );
}

import { type Context, Hono } from 'hono';
import { TIME_ZONES, currencyCodes } from '#src/companies/choices.ts';
import { type Company, getCompany } from '#src/companies/queries.ts';
import { CompanyForm } from '#src/companies/schema.ts';
import { SLUG_TAKEN, updateCompany } from '#src/companies/update-company.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { CheckField } from '../../views/check-field.tsx';
import { CopyField } from '../../views/copy-field.tsx';
import { Field, SelectField } from '../../views/field.tsx';
import { Form, FormActions, type FormErrors, type FormValues } from '../../views/form.tsx';
import { Stack } from '../../views/layout.tsx';
import { storefrontUrl } from '../storefront-url.ts';
import { settingsPage } from './settings-page.tsx';

const PATH = '/dashboard/settings/company';
const CHANGED_MEANWHILE =
  'Somebody else has saved these settings since you opened this page. Below is what you entered; saving again replaces theirs.';

type Problem = { values: FormValues; errors?: FormErrors; message?: string };

export const company = new Hono<AppEnv>()
  .get('/settings/company', async (c) => show(c, await getCompany(c.var.ctx)))
  .post('/settings/company', async (c) => {
    const form = await parseForm(c, CompanyForm);
    if (!form.ok) return show(c, await getCompany(c.var.ctx), form, 422);
    const { version, ...input } = form.data;
    const result = await updateCompany(c.var.ctx, input, version);
    if (result.ok) {
      setFlash(c, { tone: 'success', text: 'The company settings are saved.' });
      return c.redirect(PATH, 303);
    }
    switch (result.reason) {
      case 'changed_meanwhile':
        return show(c, result.current, { values: input, message: CHANGED_MEANWHILE }, 409);
      case 'slug_taken': {
        const errors = { slug: [SLUG_TAKEN] };
        return show(c, result.current, { values: input, errors }, 422);
      }
    }
  });

function show(
  c: Context<AppEnv>,
  saved: Company,
  problem?: Problem,
  status: 200 | 409 | 422 = 200,
) {
  const link = storefrontUrl(c.var.ctx, saved.slug);
  return settingsPage(
    c,
    { title: 'Company settings', status },
    <CompanySettings saved={saved} link={link} problem={problem} />,
  );
}

type CompanySettingsProps = { saved: Company; link: string; problem?: Problem | undefined };

function CompanySettings({ saved, link, problem }: CompanySettingsProps) {
  const { version, ...values } = saved;
  return (
    <Stack>
      <Card title="Company">
        <Form
          action={PATH}
          values={problem?.values ?? values}
          errors={problem?.errors}
          message={problem?.message}
          hidden={{ version }}
          guard
        >
          <Field name="name" label="Company name" autocomplete="organization" required />
          <Field
            name="slug"
            label="Slug"
            hint="The last part of your storefront link. The old link goes on working until another company takes it."
            required
          />
          <SelectField
            name="timeZone"
            label="Time zone"
            hint="Dates and reports in the dashboard follow it."
            options={timeZoneOptions(saved.timeZone)}
          />
          <SelectField
            name="currency"
            label="Currency"
            hint="Amounts keep their figures when it changes; nothing is converted."
            options={currencyOptions(saved.currency)}
          />
          <CheckField
            name="registrationOpen"
            label="Customers may register at the storefront"
            hint="Switched off, nobody new can sign up: customers come by import and through the API. Those you have go on logging in."
          />
          <FormActions>
            <Button variant="primary">Save</Button>
          </FormActions>
        </Form>
      </Card>
      <Card title="Storefront">
        <CopyField id="storefront-link" label="Link to share with customers" value={link} />
      </Card>
    </Stack>
  );
}

function timeZoneOptions(current: string) {
  return withCurrent(TIME_ZONES, current).map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }));
}

function currencyOptions(current: string) {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return withCurrent(currencyCodes(), current).map((value) => ({
    value,
    label: `${value} — ${names.of(value) ?? value}`,
  }));
}

/** A stored value is never swapped for another just because the list does not have it. */
function withCurrent(values: readonly string[], current: string): readonly string[] {
  return values.includes(current) ? values : [current, ...values];
}

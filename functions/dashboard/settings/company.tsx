import { type Context, Hono } from 'hono';
import { type Company, getCompany } from '#src/companies/queries.ts';
import { CompanyForm, shownFields } from '#src/companies/company-form.ts';
import { updateCompany } from '#src/companies/update-company.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Form, FormActions, type RefusedForm } from '../../views/form.tsx';
import { Stack } from '../../views/layout.tsx';
import { CompanyFields, InvoiceFields, OrderFields } from './company-fields.tsx';
import { settingsPage, SOMEONE_ELSE_SAVED } from './settings-page.tsx';

const PATH = '/dashboard/settings/company';

export const company = new Hono<AppEnv>()
  .get('/settings/company', async (c) => show(c, await getCompany(c.var.ctx)))
  .post('/settings/company', async (c) => {
    const form = await parseForm(c, CompanyForm);
    if (!form.ok) return show(c, await getCompany(c.var.ctx), form, 422);
    const { values } = form;
    const { version, input } = form.data;
    const result = await updateCompany(c.var.ctx, input, version);
    if (result.ok) {
      setFlash(c, { tone: 'success', text: 'The company settings are saved.' });
      return c.redirect(PATH, 303);
    }
    return show(c, result.current, { values, message: SOMEONE_ELSE_SAVED }, 409);
  });

function show(
  c: Context<AppEnv>,
  saved: Company,
  problem?: RefusedForm,
  status: 200 | 409 | 422 = 200,
) {
  return settingsPage(
    c,
    { title: 'Company settings', status },
    <CompanySettings saved={saved} problem={problem} />,
  );
}

type CompanySettingsProps = { saved: Company; problem?: RefusedForm | undefined };

function CompanySettings({ saved, problem }: CompanySettingsProps) {
  return (
    <Stack>
      <Form
        action={PATH}
        values={problem?.values ?? shownFields(saved)}
        errors={problem?.errors}
        message={problem?.message}
        hidden={{ version: saved.version }}
        guard
      >
        <Card title="Company">
          <Stack>
            <CompanyFields saved={saved} />
          </Stack>
        </Card>
        <Card title="Orders" description="Changes apply to new orders only.">
          <Stack>
            <OrderFields currency={saved.currency} />
          </Stack>
        </Card>
        <Card title="Invoices">
          <Stack>
            <InvoiceFields />
          </Stack>
        </Card>
        <FormActions>
          <Button variant="primary">Save</Button>
        </FormActions>
      </Form>
    </Stack>
  );
}

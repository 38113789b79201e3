import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { staffOf } from '#src/context.ts';
import { customerImport, customerTemplateCsv } from '#src/imports/customer-import.ts';
import { type Import, listImports } from '#src/imports/queries.ts';
import { IMPORT_MAX_BYTES, fileSizeProblem } from '#src/imports/read-import-file.ts';
import { stageImport } from '#src/imports/stage-import.ts';
import { UTF8_BOM } from '#src/lib/csv-format.ts';
import type { AppEnv } from '../../app-env.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Field } from '../../views/field.tsx';
import { Form, FormActions } from '../../views/form.tsx';
import { Columns, Prose, Stack } from '../../views/layout.tsx';
import { Table } from '../../views/table.tsx';
import { dashboardPage } from '../dashboard-page.tsx';
import { csvResponse } from './csv-response.ts';
import { IMPORT_PATH, ImportFrame } from './import-frame.tsx';
import { PastImports } from './past-imports.tsx';

const RULES: Record<keyof typeof customerImport.fields, string> = {
  email: 'Finds the customer. One row an email.',
  name: 'At most 100 characters.',
  status: 'blocked, suspended, inactive, disabled, false or 0 block; all else is active.',
  notes: 'At most 2,000 characters. Customers never see them.',
  creditLimitCents: 'A plain number like 1200.50; empty means no limit.',
};

const FIELDS = Object.entries(customerImport.fields).map(
  ([name, { header, required, synonyms }]) => ({
    header,
    required,
    synonyms: synonyms.join(', '),
    rule: RULES[name as keyof typeof RULES],
  }),
);

type UploadProps = { imports: Import[]; timeZone: string; problem?: string | undefined };

function Upload({ imports, timeZone, problem }: UploadProps) {
  return (
    <ImportFrame
      step={0}
      lead="Bring customers over from another system, or change many at once, from a CSV file."
    >
      <Columns of="main">
        <Card
          title="Upload a file"
          description="The next page shows what would change. Until you confirm it there, nothing does."
        >
          <Form
            action={IMPORT_PATH}
            multipart
            errors={problem === undefined ? {} : { file: [problem] }}
          >
            <Field
              name="file"
              type="file"
              label="CSV file"
              accept=".csv,.txt,.tsv,text/csv,text/plain"
              hint="At most 2 MB and 5,000 rows. Separated by commas, semicolons, tabs or bars, as Excel and other programs save it."
            />
            <FormActions>
              <Button variant="primary" icon="upload">
                Upload and preview
              </Button>
            </FormActions>
          </Form>
        </Card>
        <Card title="How it works">
          <Stack gap="tight">
            <Prose>
              Rows are matched by email, in upper or lower case. Unknown emails become new
              customers, known ones are updated, and customers who are not in the file stay as they
              are.
            </Prose>
            <Prose>
              A column that is not in the file is left alone; an empty cell clears the value.
            </Prose>
            <Prose>
              Passwords are never imported: new customers choose one through “Forgot password” at
              your storefront.
            </Prose>
          </Stack>
        </Card>
      </Columns>
      <Card
        title="Columns"
        description="In any order. Blanks, dashes, dots, underscores and case do not matter in a header."
        flush
      >
        <Table
          caption="Columns"
          rows={FIELDS}
          columns={[
            { header: 'Header', cell: ({ header }) => header, nowrap: true },
            {
              header: 'Required',
              cell: ({ required }) => (required ? <Badge tone="info">Required</Badge> : 'Optional'),
            },
            { header: 'Values', cell: ({ rule }) => rule },
            { header: 'Also read from', cell: ({ synonyms }) => synonyms },
          ]}
        />
      </Card>
      <PastImports imports={imports} timeZone={timeZone} />
    </ImportFrame>
  );
}

async function uploadPage(c: Context<AppEnv>, problem?: string) {
  const imports = await listImports(c.var.ctx);
  return dashboardPage(
    c,
    { title: 'Import customers', status: problem === undefined ? 200 : 422 },
    <Upload imports={imports} timeZone={staffOf(c.var.ctx).timeZone} problem={problem} />,
  );
}

// A form around the file: boundaries and the file's name.
const BODY_MAX_BYTES = IMPORT_MAX_BYTES + 16 * 1024;

const limit = bodyLimit({
  maxSize: BODY_MAX_BYTES,
  onError: (c: Context<AppEnv>) => {
    const bytes = Number(c.req.header('content-length')) || BODY_MAX_BYTES;
    return uploadPage(c, fileSizeProblem(bytes) ?? undefined);
  },
});

/** Step 1: the file. Step 2 is the page of the import it becomes. */
export const importUpload = new Hono<AppEnv>()
  .get('/customers/import', (c) => uploadPage(c))
  .get('/customers/import/template.csv', async (c) => {
    // Nothing secret, but a page of the dashboard: the batch checks the session.
    await listImports(c.var.ctx);
    return csvResponse(c, 'customers-template.csv', UTF8_BOM + customerTemplateCsv);
  })
  .post('/customers/import', limit, async (c) => {
    const form = await c.req.formData().catch(() => null);
    const file = form?.get('file');
    if (!(file instanceof File) || (file.name === '' && file.size === 0)) {
      return uploadPage(c, 'Choose a CSV file.');
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const staged = await stageImport(c.var.ctx, c.env.UPLOADS, { name: file.name, bytes });
    return staged.ok
      ? c.redirect(`${IMPORT_PATH}/${staged.id}`, 303)
      : uploadPage(c, staged.message);
  });

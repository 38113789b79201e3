import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { staffOf } from '#src/context.ts';
import { fieldNames } from '#src/imports/import-description.ts';
import { type Import, listImports } from '#src/imports/queries.ts';
import { IMPORT_MAX_BYTES, fileSizeProblem } from '#src/imports/read-import-file.ts';
import { stageImport } from '#src/imports/stage-import.ts';
import { UTF8_BOM } from '#src/lib/csv-format.ts';
import { EXCEL_UPLOAD, isExcelFile } from '#src/lib/excel-file.ts';
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
import { customerPages } from './customer-pages.ts';
import { ImportFrame } from './import-frame.tsx';
import type { ImportPages } from './import-pages.ts';
import { PastImports } from './past-imports.tsx';
import { productPages } from './product-pages.ts';

type UploadProps<Values extends object> = {
  pages: ImportPages<Values>;
  imports: Import[];
  timeZone: string;
  problem?: string | undefined;
};

function Upload<Values extends object>(props: UploadProps<Values>) {
  const { pages, imports, timeZone, problem } = props;
  const { fields } = pages.description;
  return (
    <ImportFrame pages={pages} step={0} lead={pages.lead}>
      <Columns of="main">
        <Card
          title="Upload a file"
          description="The next page shows what would change. Until you confirm it there, nothing does."
        >
          <Form
            action={pages.path}
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
            {pages.rules.map((rule) => (
              <Prose>{rule}</Prose>
            ))}
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
          rows={fieldNames(pages.description)}
          columns={[
            { header: 'Header', cell: (name) => fields[name].header, nowrap: true },
            {
              header: 'Required',
              cell: (name) =>
                fields[name].required ? <Badge tone="info">Required</Badge> : 'Optional',
            },
            { header: 'Values', cell: (name) => pages.cells[name] },
            { header: 'Also read from', cell: (name) => fields[name].synonyms.join(', ') },
          ]}
        />
      </Card>
      <PastImports path={pages.path} imports={imports} timeZone={timeZone} />
    </ImportFrame>
  );
}

async function uploadPage<Values extends object>(
  c: Context<AppEnv>,
  pages: ImportPages<Values>,
  problem?: string,
) {
  const imports = await listImports(c.var.ctx, pages.description);
  const { timeZone } = staffOf(c.var.ctx);
  return dashboardPage(
    c,
    { title: pages.title, status: problem === undefined ? 200 : 422 },
    <Upload pages={pages} imports={imports} timeZone={timeZone} problem={problem} />,
  );
}

// A form around the file: boundaries and the file's name.
const BODY_MAX_BYTES = IMPORT_MAX_BYTES + 16 * 1024;

function uploadOf<Values extends object>(pages: ImportPages<Values>) {
  const { path, description } = pages;
  const limit = bodyLimit({
    maxSize: BODY_MAX_BYTES,
    onError: (c: Context<AppEnv>) => {
      const bytes = Number(c.req.header('content-length')) || BODY_MAX_BYTES;
      return uploadPage(c, pages, fileSizeProblem(bytes) ?? undefined);
    },
  });
  return new Hono<AppEnv>()
    .get('/', (c) => uploadPage(c, pages))
    .get('/template.csv', async (c) => {
      // Nothing secret, but a page of the dashboard: the batch checks the session.
      await listImports(c.var.ctx, description);
      return csvResponse(c, pages.templateName, UTF8_BOM + pages.templateCsv);
    })
    .post('/', limit, async (c) => {
      const form = await c.req.formData().catch(() => null);
      const file = form?.get('file');
      if (!(file instanceof File) || (file.name === '' && file.size === 0)) {
        return uploadPage(c, pages, 'Choose a CSV file.');
      }
      const upload = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
      if (isExcelFile(upload.bytes)) return uploadPage(c, pages, EXCEL_UPLOAD);
      const staged = await stageImport(c.var.ctx, description, c.env.UPLOADS, upload);
      return staged.ok
        ? c.redirect(`${path}/${staged.id}`, 303)
        : uploadPage(c, pages, staged.message);
    });
}

/** Step 1: the file. Step 2 is the page of the import it becomes. */
export const importUpload = new Hono<AppEnv>()
  .route('/customers/import', uploadOf(customerPages))
  .route('/inventory/import', uploadOf(productPages));

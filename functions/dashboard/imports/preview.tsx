import { customerImport } from '#src/imports/customer-import.ts';
import { fieldNames } from '#src/imports/import-description.ts';
import { mappingOf } from '#src/imports/import-mapping.ts';
import { columnName } from '#src/imports/match-headers.ts';
import type { StagedPreview } from '#src/imports/preview-staged-import.ts';
import type { Import } from '#src/imports/queries.ts';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import { Button, Reason } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { SelectField } from '../../views/field.tsx';
import { Form, FormActions } from '../../views/form.tsx';
import { Columns } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';
import { Table } from '../../views/table.tsx';
import { IMPORT_PATH, ImportFrame } from './import-frame.tsx';
import { SampleRows } from './sample-rows.tsx';

type Ready = Extract<StagedPreview, { ok: true }>;

const SHOWN_MESSAGES = 100;

/** Step 2: what the file would do, and the button that does it. */
export function Preview({ record, staged }: { record: Import; staged: StagedPreview }) {
  if (!staged.ok) {
    return (
      <ImportFrame step={1} lead={record.fileName}>
        <Notice tone="warning" title="The uploaded file is no longer kept">
          Files wait seven days for their import. Nothing was changed: upload the file again.
        </Notice>
      </ImportFrame>
    );
  }
  const { preview, match, obstacle } = staged;
  return (
    <ImportFrame step={1} lead={record.fileName}>
      <Card title={summary(preview)}>
        <Form
          action={`${IMPORT_PATH}/${record.id}/apply`}
          hidden={mappingOf(customerImport, match)}
        >
          <FormActions>
            <Button
              variant="primary"
              icon="check"
              disabled={obstacle !== null}
              {...(obstacle !== null && { describedBy: 'obstacle' })}
            >
              Import
            </Button>
            {obstacle !== null && <Reason id="obstacle">{obstacle}</Reason>}
          </FormActions>
        </Form>
      </Card>
      <Notes staged={staged} />
      <Mapping record={record} staged={staged} />
      <Issues record={record} staged={staged} />
      {preview.warnings.length > 0 && (
        <Card
          title={`Warnings (${formatNumber(preview.warnings.length)})`}
          description="They do not stop the import."
          flush
        >
          <Messages caption="Warnings" messages={preview.warnings} />
        </Card>
      )}
      <SampleRows samples={preview.samples} total={preview.rows.length} />
    </ImportFrame>
  );
}

function summary({ creates, updates, unchanged }: Ready['preview']): string {
  return `${formatNumber(creates)} to create / ${formatNumber(updates)} to update / ${formatNumber(unchanged)} unchanged`;
}

function Notes({ staged: { preview, match, beyondPlan } }: { staged: Ready }) {
  const notes = [
    ...match.notices,
    ...(match.ignored.length > 0 ? [`Columns that are not read: ${list(match.ignored)}.`] : []),
  ];
  return (
    <>
      {beyondPlan && (
        <Notice tone="warning" title="More customers than your plan allows">
          {`This file creates ${countOf(preview.creates, 'customer')}. You have ${formatNumber(beyondPlan.customers)}, and your plan allows ${formatNumber(beyondPlan.maxCustomers)}: unless there is room when it runs, the import will be refused as a whole.`}
        </Notice>
      )}
      {notes.length > 0 && (
        <Notice tone="info">
          {notes.map((note) => (
            <p>{note}</p>
          ))}
        </Notice>
      )}
    </>
  );
}

function list(headers: readonly string[]): string {
  const shown = headers.slice(0, 20).map((header) => `“${header}”`);
  const more = headers.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${formatNumber(more)} more` : '');
}

function Issues({ record, staged: { preview, match } }: { record: Import; staged: Ready }) {
  const { issues } = preview;
  if (issues.length === 0) return null;
  const query = new URLSearchParams(mappingOf(customerImport, match)).toString();
  return (
    <Card
      title={`Issues (${formatNumber(issues.length)})`}
      description={
        issues.length > SHOWN_MESSAGES
          ? `The first ${SHOWN_MESSAGES}, by the row number in your spreadsheet.`
          : 'By the row number in your spreadsheet.'
      }
      actions={
        <Button href={`${IMPORT_PATH}/${record.id}/issues.csv?${query}`} icon="download" download>
          Download all
        </Button>
      }
      flush
    >
      <Messages caption="Issues" messages={issues} />
    </Card>
  );
}

function Messages({
  caption,
  messages,
}: {
  caption: string;
  messages: { row: number; message: string }[];
}) {
  return (
    <Table
      caption={caption}
      rows={messages.slice(0, SHOWN_MESSAGES)}
      columns={[
        { header: 'Row', cell: ({ row }) => `Row ${row}`, nowrap: true },
        { header: 'Message', cell: ({ message }) => message },
      ]}
    />
  );
}

function Mapping({ record, staged: { headers, match } }: { record: Import; staged: Ready }) {
  const columns = headers.map((_, index) => ({
    value: String(index),
    label: columnName(headers, index),
  }));
  const errors = Object.fromEntries(
    match.missing.map((name) => [customerImport.fields[name].header, ['Choose a column.']]),
  );
  return (
    <Card
      title="Columns"
      description="Which column of your file each field is read from. A field that is not in the file is left alone."
    >
      <Form
        method="get"
        action={`${IMPORT_PATH}/${record.id}`}
        values={mappingOf(customerImport, match)}
        errors={errors}
      >
        <Columns of={3}>
          {fieldNames(customerImport).map((name) => {
            const { header, label, required } = customerImport.fields[name];
            const none = required ? 'Choose a column' : 'Not in this file';
            return (
              <SelectField
                name={header}
                label={label}
                options={[{ value: '', label: none }, ...columns]}
              />
            );
          })}
        </Columns>
        <FormActions>
          <Button icon="refresh-cw">Update preview</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

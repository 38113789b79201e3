import { fieldNames } from '#src/imports/import-description.ts';
import { mappingOf } from '#src/imports/import-mapping.ts';
import { columnName } from '#src/imports/match-headers.ts';
import type { ImportPreview } from '#src/imports/preview-import.ts';
import type { StagedPreview } from '#src/imports/preview-staged-import.ts';
import type { Import } from '#src/imports/queries.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { Button, Reason } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { SelectField } from '../../views/field.tsx';
import { Form, FormActions } from '../../views/form.tsx';
import { fitted } from '../../views/fitted.ts';
import { Columns } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';
import { Table } from '../../views/table.tsx';
import { ImportFrame } from './import-frame.tsx';
import type { ImportPages } from './import-pages.ts';
import { SampleRows } from './sample-rows.tsx';

type Ready<Values> = Extract<StagedPreview<Values>, { ok: true }>;
type PartProps<Values extends object> = {
  pages: ImportPages<Values>;
  record: Import;
  staged: Ready<Values>;
};

const SHOWN_MESSAGES = 100;
const SHOWN_NOTES = 20;
// The header is there once for every field, and has as many cells as a file may have columns.
const HEADER_BYTES = 32;
const MESSAGE_BYTES = 240;
const NOTE_BYTES = 2_000;

type PreviewProps<Values extends object> = {
  pages: ImportPages<Values>;
  record: Import;
  staged: StagedPreview<Values>;
};

/** Step 2: what the file would do, and the button that does it. */
export function Preview<Values extends object>({ pages, record, staged }: PreviewProps<Values>) {
  if (!staged.ok) {
    return (
      <ImportFrame pages={pages} step={1} lead={record.fileName}>
        <Notice tone="warning" title="The uploaded file is no longer kept">
          Files wait seven days for their import. Nothing was changed: upload the file again.
        </Notice>
      </ImportFrame>
    );
  }
  const { preview, match, obstacle } = staged;
  return (
    <ImportFrame pages={pages} step={1} lead={record.fileName}>
      <Card title={summary(preview)}>
        <Form
          action={`${pages.path}/${record.id}/apply`}
          hidden={mappingOf(pages.description, match)}
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
      <Notes pages={pages} record={record} staged={staged} />
      <Mapping pages={pages} record={record} staged={staged} />
      <Issues pages={pages} record={record} staged={staged} />
      {preview.warnings.length > 0 && (
        <Card
          title={`Warnings (${formatNumber(preview.warnings.length)})`}
          description="They do not stop the import."
          flush
        >
          <Messages caption="Warnings" messages={preview.warnings} />
        </Card>
      )}
      <SampleRows pages={pages} samples={preview.samples} total={preview.rows.length} />
    </ImportFrame>
  );
}

function summary<Values>({ creates, updates, unchanged }: ImportPreview<Values>): string {
  return `${formatNumber(creates)} to create / ${formatNumber(updates)} to update / ${formatNumber(unchanged)} unchanged`;
}

function Notes<Values extends object>({ pages, staged }: PartProps<Values>) {
  const { match } = staged;
  const notes = [
    ...(pages.caution === null ? [] : [pages.caution]),
    ...match.notices,
    ...(match.ignored.length > 0 ? [list(match.ignored)] : []),
  ];
  return (
    <>
      {notes.length > 0 && (
        <Notice tone="info">
          {notes.slice(0, SHOWN_NOTES).map((note) => (
            <p>{fitted(note, NOTE_BYTES)}</p>
          ))}
          {notes.length > SHOWN_NOTES && (
            <p>{`And ${notes.length - SHOWN_NOTES} more like them.`}</p>
          )}
        </Notice>
      )}
    </>
  );
}

function list(headers: readonly string[]): string {
  const shown = headers.slice(0, 20).map((header) => `“${fitted(header, HEADER_BYTES)}”`);
  const more = headers.length - shown.length;
  return `Columns that are not read: ${shown.join(', ')}${more > 0 ? ` and ${formatNumber(more)} more` : ''}.`;
}

function Issues<Values extends object>({ pages, record, staged }: PartProps<Values>) {
  const { match } = staged;
  const { issues } = staged.preview;
  if (issues.length === 0) return null;
  const query = new URLSearchParams(mappingOf(pages.description, match)).toString();
  return (
    <Card
      title={`Issues (${formatNumber(issues.length)})`}
      description={
        issues.length > SHOWN_MESSAGES
          ? `The first ${SHOWN_MESSAGES}, by the row number in your spreadsheet.`
          : 'By the row number in your spreadsheet.'
      }
      actions={
        <Button href={`${pages.path}/${record.id}/issues.csv?${query}`} icon="download" download>
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
        { header: 'Message', cell: ({ message }) => fitted(message, MESSAGE_BYTES) },
      ]}
    />
  );
}

function Mapping<Values extends object>({ pages, record, staged }: PartProps<Values>) {
  const { headers, match } = staged;
  const columns = headers.map((_, index) => ({
    value: String(index),
    label: fitted(columnName(headers, index), HEADER_BYTES),
  }));
  const errors = Object.fromEntries(
    match.missing.map((name) => [pages.description.fields[name].header, ['Choose a column.']]),
  );
  return (
    <Card
      title="Columns"
      description="Which column of your file each field is read from. A field that is not in the file is left alone."
    >
      <Form
        method="get"
        action={`${pages.path}/${record.id}`}
        values={mappingOf(pages.description, match)}
        errors={errors}
      >
        <Columns of={3}>
          {fieldNames(pages.description).map((name) => {
            const { header, label, required } = pages.description.fields[name];
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

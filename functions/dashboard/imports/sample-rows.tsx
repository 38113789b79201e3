import { type CustomerValues, customerImport } from '#src/imports/customer-import.ts';
import type { ImportAction, ImportRow } from '#src/imports/preview-import.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { Badge } from '../../views/badge.tsx';
import { Card } from '../../views/card.tsx';
import { Changes } from '../../views/changes.tsx';
import { Table } from '../../views/table.tsx';
import type { Tone } from '../../views/tone.ts';

const ACTIONS: Record<ImportAction, { tone: Tone; label: string }> = {
  create: { tone: 'success', label: 'Create' },
  update: { tone: 'info', label: 'Update' },
  unchanged: { tone: 'neutral', label: 'Unchanged' },
};

/** Some rows of the file and what each would do, with the old and the new value of every field that changes. */
export function SampleRows({
  samples,
  total,
}: {
  samples: ImportRow<CustomerValues>[];
  total: number;
}) {
  if (samples.length === 0) return null;
  return (
    <Card
      title="Rows"
      description={
        samples.length < total
          ? `${samples.length} of ${formatNumber(total)} rows, those that change something first.`
          : 'All rows of the file.'
      }
      flush
    >
      <Table
        caption="Rows of the file"
        rows={samples}
        columns={[
          { header: 'Email', cell: ({ values }) => values.email },
          { header: 'Row', cell: ({ row }) => row, align: 'end' },
          { header: 'Action', cell: ({ action }) => <ActionBadge action={action} /> },
          { header: 'Values', cell: (row) => <Values row={row} /> },
        ]}
      />
    </Card>
  );
}

function ActionBadge({ action }: { action: ImportAction }) {
  const { tone, label } = ACTIONS[action];
  return <Badge tone={tone}>{label}</Badge>;
}

/** Of a new customer what it will be, of another what changes. */
function Values({ row: { action, values, changes } }: { row: ImportRow<CustomerValues> }) {
  if (action === 'create') return <>{describe(values)}</>;
  if (changes.length === 0) return <>—</>;
  return (
    <Changes
      changes={changes.map(({ label, from, to }) => ({
        label,
        before: cell(from),
        after: cell(to),
      }))}
    />
  );
}

function describe(values: CustomerValues): string {
  const { name, status, notes, creditLimitCents } = customerImport.fields;
  const cells = [
    [name.label, name.format(values.name)],
    [status.label, status.format(values.status)],
    [creditLimitCents.label, creditLimitCents.format(values.creditLimitCents)],
    [notes.label, notes.format(values.notes)],
  ];
  return cells
    .flatMap(([label, text = '']) => (text === '' ? [] : [`${label}: ${cell(text)}`]))
    .join(' · ');
}

const SHOWN_CHARACTERS = 200;

function cell(text: string): string | null {
  if (text === '') return null;
  const characters = Array.from(text);
  return characters.length > SHOWN_CHARACTERS
    ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…`
    : text;
}

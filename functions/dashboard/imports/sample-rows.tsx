import type { ImportAction, ImportRow } from '#src/imports/preview-import.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { Badge } from '../../views/badge.tsx';
import { Card } from '../../views/card.tsx';
import { Changes } from '../../views/changes.tsx';
import { fitted } from '../../views/fitted.ts';
import { Table } from '../../views/table.tsx';
import type { Tone } from '../../views/tone.ts';
import type { ImportPages } from './import-pages.ts';

const ACTIONS: Record<ImportAction, { tone: Tone; label: string }> = {
  create: { tone: 'success', label: 'Create' },
  update: { tone: 'info', label: 'Update' },
  unchanged: { tone: 'neutral', label: 'Unchanged' },
};

/** Some rows of the file and what each would do, with the old and the new value of every field that changes. */
export function SampleRows<Values extends object>({
  pages,
  samples,
  total,
}: {
  pages: ImportPages<Values>;
  samples: ImportRow<Values>[];
  total: number;
}) {
  const { key, fields } = pages.description;
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
          {
            header: fields[key].label,
            cell: ({ values }) => fitted(fields[key].format(values[key]), CELL_BYTES),
          },
          { header: 'Row', cell: ({ row }) => row, align: 'end' },
          { header: 'Action', cell: ({ action }) => <ActionBadge action={action} /> },
          { header: 'Values', cell: (row) => <Outcome pages={pages} row={row} /> },
        ]}
      />
    </Card>
  );
}

function ActionBadge({ action }: { action: ImportAction }) {
  const { tone, label } = ACTIONS[action];
  return <Badge tone={tone}>{label}</Badge>;
}

type OutcomeProps<Values extends object> = { pages: ImportPages<Values>; row: ImportRow<Values> };

/** Of a new record what it will be, of another what changes. */
function Outcome<Values extends object>({ pages, row }: OutcomeProps<Values>) {
  if (row.action === 'create') return <>{describe(pages, row.values)}</>;
  if (row.changes.length === 0) return <>—</>;
  return (
    <Changes
      changes={row.changes.map(({ label, from, to }) => ({
        label,
        before: cell(from),
        after: cell(to),
      }))}
    />
  );
}

function describe<Values extends object>(
  { description, shown }: ImportPages<Values>,
  values: Values,
): string {
  return shown
    .flatMap((name) => {
      const { label, format } = description.fields[name];
      const text = cell(format(values[name]));
      return text === null ? [] : [`${label}: ${text}`];
    })
    .join(' · ');
}

const CELL_BYTES = 120;

function cell(text: string): string | null {
  return text === '' ? null : fitted(text, CELL_BYTES);
}

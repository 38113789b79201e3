import type { Import } from '#src/imports/queries.ts';
import { Badge } from '../../views/badge.tsx';
import { Card } from '../../views/card.tsx';
import { DateTime } from '../../views/date-time.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { Table } from '../../views/table.tsx';
import type { Tone } from '../../views/tone.ts';

const STATES: Record<Import['state'], { tone: Tone; label: string }> = {
  staged: { tone: 'neutral', label: 'Not imported' },
  waiting: { tone: 'info', label: 'Waiting' },
  running: { tone: 'info', label: 'Running' },
  done: { tone: 'success', label: 'Imported' },
  failed: { tone: 'danger', label: 'Failed' },
  undone: { tone: 'neutral', label: 'Undone' },
};

function ImportState({ state }: { state: Import['state'] }) {
  const { tone, label } = STATES[state];
  return <Badge tone={tone}>{label}</Badge>;
}

type PastImportsProps = {
  /** The address that those of the imports are below. */
  path: string;
  imports: Import[];
  timeZone: string;
};

/** The newest imports; each opens where it was left. */
export function PastImports({ path, imports, timeZone }: PastImportsProps) {
  return (
    <Card title="Past imports" flush>
      {imports.length === 0 ? (
        <EmptyState title="Nothing imported yet" icon="file-text">
          Imports are listed here, with their result and a way to undo them.
        </EmptyState>
      ) : (
        <Table
          caption="Past imports"
          rows={imports}
          rowHref={({ id }) => `${path}/${id}`}
          columns={[
            { header: 'File', cell: ({ fileName }) => fileName },
            { header: 'State', cell: ({ state }) => <ImportState state={state} /> },
            { header: 'Result', cell: result },
            { header: 'By', cell: ({ startedByName }) => startedByName, hideWhenNarrow: true },
            {
              header: 'Uploaded',
              cell: ({ createdAt }) => (
                <DateTime value={createdAt} timeZone={timeZone} style="datetime" />
              ),
              nowrap: true,
            },
          ]}
        />
      )}
    </Card>
  );
}

function result({ created, updated }: Import): string {
  if (created === null || updated === null) return '—';
  return `${created} created, ${updated} updated`;
}

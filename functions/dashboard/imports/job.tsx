import type { Child } from 'hono/jsx';
import { type Import, type ImportedRecord, LISTED_RECORDS } from '#src/imports/queries.ts';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import { Form, FormActions } from '../../views/form.tsx';
import { Row } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';
import { Working } from '../../views/progress.tsx';
import { Table } from '../../views/table.tsx';
import { ImportFrame } from './import-frame.tsx';
import type { ImportPages } from './import-pages.ts';

type JobProps<Values extends object> = {
  pages: ImportPages<Values>;
  record: Import;
  changed: ImportedRecord[];
  /** How many undoing would keep. */
  kept: number;
  now: Date;
};
type StateProps<Values extends object> = JobProps<Values> & { href: string };

export function isActive({ state }: Import): boolean {
  return state === 'waiting' || state === 'running';
}

/** Step 3: the job's state, then its result and the way back. */
export function Job<Values extends object>(props: JobProps<Values>) {
  const { pages, record } = props;
  const href = `${pages.path}/${record.id}`;
  const finished = record.state === 'done' || record.state === 'undone';
  return (
    <ImportFrame
      pages={pages}
      step={finished ? 3 : 2}
      lead={`${record.fileName} · ${record.startedByName}`}
      follows={{ id: 'import-job', href, active: isActive(record) }}
    >
      <State {...props} href={href} />
    </ImportFrame>
  );
}

function State<Values extends object>(props: StateProps<Values>) {
  switch (props.record.state) {
    case 'waiting':
      return (
        <Card>
          <Working>Waiting to start. You can leave this page; the import goes on.</Working>
        </Card>
      );
    case 'running':
      return (
        <Card>
          <Working>Importing. You can leave this page; the import goes on.</Working>
        </Card>
      );
    case 'done':
      return <Done {...props} />;
    case 'undone':
      return <Undone {...props} />;
    case 'failed':
    case 'staged':
      return <Failed {...props} />;
  }
}

function Failed<Values extends object>({ record, href }: StateProps<Values>) {
  return (
    <>
      <Notice tone="danger" title="The import failed">
        {record.failure}
      </Notice>
      <Form action={`${href}/apply`} hidden={record.mapping ?? {}}>
        <FormActions>
          <Button variant="primary" icon="refresh-cw">
            Start it again
          </Button>
        </FormActions>
      </Form>
    </>
  );
}

function Done<Values extends object>(props: StateProps<Values>) {
  const { pages, record, changed } = props;
  const { created, updated, unchanged } = record;
  const { noun } = pages.description;
  return (
    <>
      <Notice tone="success" title="Import finished">
        {`${countOf(created ?? 0, noun)} created, ${formatNumber(updated ?? 0)} updated, ${formatNumber(unchanged ?? 0)} unchanged.`}
      </Notice>
      <Records
        pages={pages}
        title={`Created and updated ${noun}s`}
        total={(created ?? 0) + (updated ?? 0)}
        records={changed}
        actions={<Undo {...props} />}
      />
    </>
  );
}

function Undo<Values extends object>({ pages, record, kept, now, href }: StateProps<Values>) {
  const { created, updated, keptUntil } = record;
  const { noun } = pages.description;
  if (!keptUntil || keptUntil <= now) return <>Imports can be undone for 30 days.</>;
  return (
    <>
      <Button icon="undo-2" opens="undo">
        Undo import
      </Button>
      <ConfirmDialog
        id="undo"
        title={`Undo the import of ${record.fileName}?`}
        action={`${href}/undo`}
        confirm="Undo import"
        danger
      >
        {created ? <p>{`${countOf(created, noun)} it created will be removed.`}</p> : null}
        {updated ? (
          <p>{`${countOf(updated, noun)} it updated will be as they were before.`}</p>
        ) : null}
        {kept > 0 ? (
          <p>{`Except for ${countOf(kept, noun)} that ${pages.keptBecause}: they are kept as they are now.`}</p>
        ) : null}
      </ConfirmDialog>
    </>
  );
}

function Undone<Values extends object>({ pages, record, changed }: StateProps<Values>) {
  const { removed = 0, restored = 0, kept = 0 } = record.undo ?? {};
  const because = `because they ${pages.keptBecause}`;
  return (
    <>
      <Notice tone="success" title="Import undone">
        {`${countOf(removed, pages.description.noun)} removed, ${formatNumber(restored)} restored, ${formatNumber(kept)} kept ${because}.`}
      </Notice>
      <Records pages={pages} title={`Kept ${because}`} total={kept} records={changed} />
    </>
  );
}

type RecordsProps<Values extends object> = {
  pages: ImportPages<Values>;
  title: string;
  total: number;
  records: ImportedRecord[];
  actions?: Child;
};

function Records<Values extends object>(props: RecordsProps<Values>) {
  const { pages, title, total, records, actions } = props;
  const { fields, key } = pages.description;
  if (records.length === 0) return null;
  return (
    <Card
      title={title}
      actions={actions}
      {...(total > LISTED_RECORDS && {
        description: `The first ${LISTED_RECORDS} of ${formatNumber(total)}.`,
      })}
      flush
    >
      <Table
        caption={title}
        rows={records}
        rowHref={({ id }) => pages.recordHref(id)}
        columns={[
          { header: fields[key].label, cell: (record) => record.key },
          { header: 'Name', cell: ({ name }) => name ?? '—' },
          {
            header: 'Import',
            cell: ({ created, kept }) => (
              <Row>
                <Badge tone={created ? 'success' : 'info'}>{created ? 'Created' : 'Updated'}</Badge>
                {kept && <Badge tone="warning">Changed since</Badge>}
              </Row>
            ),
          },
        ]}
      />
    </Card>
  );
}

import type { Child } from 'hono/jsx';
import { type Import, type ImportedCustomer, LISTED_CUSTOMERS } from '#src/imports/queries.ts';
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
import { IMPORT_PATH, ImportFrame } from './import-frame.tsx';

export type JobProps = {
  record: Import;
  changed: ImportedCustomer[];
  changedSince: number;
  now: Date;
};

export function isActive({ state }: Import): boolean {
  return state === 'waiting' || state === 'running';
}

/** Step 3: the job's state, then its result and the way back. */
export function Job(props: JobProps) {
  const { record } = props;
  const href = `${IMPORT_PATH}/${record.id}`;
  const finished = record.state === 'done' || record.state === 'undone';
  return (
    <ImportFrame
      step={finished ? 3 : 2}
      lead={`${record.fileName} · ${record.startedByName}`}
      follows={{ id: 'import-job', href, active: isActive(record) }}
    >
      <State {...props} href={href} />
    </ImportFrame>
  );
}

function State(props: JobProps & { href: string }) {
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

function Failed({ record, href }: JobProps & { href: string }) {
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

function Done(props: JobProps & { href: string }) {
  const { record, changed } = props;
  const { created, updated, unchanged } = record;
  return (
    <>
      <Notice tone="success" title="Import finished">
        {`${countOf(created ?? 0, 'customer')} created, ${formatNumber(updated ?? 0)} updated, ${formatNumber(unchanged ?? 0)} unchanged.`}
      </Notice>
      <Customers
        title="Created and updated customers"
        total={(created ?? 0) + (updated ?? 0)}
        customers={changed}
        actions={<Undo {...props} />}
      />
    </>
  );
}

function Undo({ record, changedSince, now, href }: JobProps & { href: string }) {
  const { created, updated, keptUntil } = record;
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
        {created ? <p>{`${countOf(created, 'customer')} it created will be removed.`}</p> : null}
        {updated ? (
          <p>{`${countOf(updated, 'customer')} it updated will be as they were before.`}</p>
        ) : null}
        {changedSince > 0 ? (
          <p>{`Except for ${countOf(changedSince, 'customer')} that changed since: they are kept as they are now.`}</p>
        ) : null}
      </ConfirmDialog>
    </>
  );
}

function Undone({ record, changed }: JobProps) {
  const { removed = 0, restored = 0, kept = 0 } = record.undo ?? {};
  return (
    <>
      <Notice tone="success" title="Import undone">
        {`${countOf(removed, 'customer')} removed, ${formatNumber(restored)} restored, ${formatNumber(kept)} kept because they changed since.`}
      </Notice>
      <Customers title="Kept because they changed since" total={kept} customers={changed} />
    </>
  );
}

type CustomersProps = {
  title: string;
  total: number;
  customers: ImportedCustomer[];
  actions?: Child;
};

function Customers({ title, total, customers, actions }: CustomersProps) {
  if (customers.length === 0) return null;
  return (
    <Card
      title={title}
      actions={actions}
      {...(total > LISTED_CUSTOMERS && {
        description: `The first ${LISTED_CUSTOMERS} of ${formatNumber(total)}.`,
      })}
      flush
    >
      <Table
        caption={title}
        rows={customers}
        rowHref={({ id }) => `/dashboard/customers/${id}`}
        columns={[
          { header: 'Email', cell: ({ email }) => email },
          { header: 'Name', cell: ({ name }) => name ?? '—' },
          {
            header: 'Import',
            cell: ({ created, changedSince }) => (
              <Row>
                <Badge tone={created ? 'success' : 'info'}>{created ? 'Created' : 'Updated'}</Badge>
                {changedSince && <Badge tone="warning">Changed since</Badge>}
              </Row>
            ),
          },
        ]}
      />
    </Card>
  );
}

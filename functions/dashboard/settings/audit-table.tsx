import { inWords } from '#src/audit/actions.ts';
import type { ActorType, AuditEntry } from '#src/audit/schema.ts';
import { Link } from '../../views/button.tsx';
import { DateTime } from '../../views/date-time.tsx';
import { Prose } from '../../views/layout.tsx';
import { Table } from '../../views/table.tsx';
import { AuditDetails, type Locale } from './audit-details.tsx';

export const ACTOR_NAMES: Record<ActorType, string> = {
  USER: 'User',
  API_KEY: 'API key',
  CUSTOMER: 'Customer',
  SYSTEM: 'System',
};

/** Where the thing an entry is about can be seen. */
const PAGES: Record<string, (id: string) => string> = {
  Customer: (id) => `/dashboard/customers/${id}`,
  Import: (id) => `/dashboard/customers/import/${id}`,
  ApiKey: () => '/dashboard/settings/api-keys',
  Company: () => '/dashboard/settings/company',
};

/** Entries of the log, newest first. */
export function AuditTable({ entries, locale }: { entries: AuditEntry[]; locale: Locale }) {
  return (
    <Table
      caption="Audit log"
      rows={entries}
      columns={[
        {
          header: 'When',
          cell: ({ createdAt }) => (
            <DateTime value={createdAt} timeZone={locale.timeZone} style="datetime" />
          ),
        },
        { header: 'Actor', cell: (entry) => <Actor entry={entry} /> },
        {
          header: 'Action',
          nowrap: true,
          cell: ({ action }) => (
            <>
              {inWords(action)}
              <Prose>{action}</Prose>
            </>
          ),
        },
        { header: 'Entity', cell: (entry) => <Entity entry={entry} /> },
        { header: 'Details', cell: (entry) => <AuditDetails entry={entry} locale={locale} /> },
      ]}
    />
  );
}

function Actor({ entry: { actorName, actorType } }: { entry: AuditEntry }) {
  const kind = ACTOR_NAMES[actorType];
  return (
    <>
      {actorName ?? kind}
      {actorName !== null && <Prose>{kind}</Prose>}
    </>
  );
}

function Entity({ entry: { entityType, entityId, entityName } }: { entry: AuditEntry }) {
  const page = PAGES[entityType];
  const name = entityName ?? entityId ?? '—';
  return (
    <>
      {page && entityId ? <Link href={page(entityId)}>{name}</Link> : name}
      <Prose>{inWords(entityType)}</Prose>
    </>
  );
}

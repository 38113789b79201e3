import { isId } from '#db/ids.ts';
import { inWords } from '#src/audit/actions.ts';
import type { ActorType, AuditEntry } from '#src/audit/schema.ts';
import { Link } from '../../views/button.tsx';
import { DASH } from '../../views/dash.ts';
import { DateTime } from '../../views/date-time.tsx';
import { fitted } from '../../views/fitted.ts';
import { Prose } from '../../views/layout.tsx';
import { Table } from '../../views/table.tsx';
import { AuditDetails, type Locale } from './audit-details.tsx';

const NAME_BYTES = 240;

export const ACTOR_NAMES: Record<ActorType, string> = {
  USER: 'User',
  API_KEY: 'API key',
  CUSTOMER: 'Customer',
  SYSTEM: 'System',
};

/** Where the thing an entry is about can be seen; what belongs to a customer, at the customer, where it is named. */
function pageOf({ entityType, entityId, details }: AuditEntry): string | undefined {
  switch (entityType) {
    case 'Customer':
      return entityId === null ? undefined : `/dashboard/customers/${entityId}`;
    case 'CustomerContact':
    case 'Address': {
      const id = customerNamed(details['customerId']);
      return id && `/dashboard/customers/${id}`;
    }
    case 'Order':
      return entityId === null ? undefined : `/dashboard/orders/${entityId}`;
    case 'Product':
      return entityId === null ? undefined : `/dashboard/inventory/${entityId}/edit`;
    case 'Import':
      return entityId === null ? undefined : `/dashboard/customers/import/${entityId}`;
    case 'ApiKey':
      return '/dashboard/settings/api-keys';
    case 'Webhook':
      return '/dashboard/settings/webhooks';
    case 'Company':
      return '/dashboard/settings/company';
    default:
      return undefined;
  }
}

/** Of something made or removed, the customer it was made for or removed from. */
function customerNamed(change: unknown): string | undefined {
  const { from, to } = (change ?? {}) as { from?: unknown; to?: unknown };
  const id = to ?? from;
  return typeof id === 'string' && isId('customer', id) ? id : undefined;
}

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
      {fitted(actorName ?? kind, NAME_BYTES)}
      {actorName !== null && <Prose>{kind}</Prose>}
    </>
  );
}

function Entity({ entry }: { entry: AuditEntry }) {
  return (
    <div class="audit-entity">
      <EntityLink entry={entry} />
      <Prose>{inWords(entry.entityType)}</Prose>
    </div>
  );
}

/** What an entry is about, by the name it had then; a link where it can be seen. */
export function EntityLink({ entry }: { entry: AuditEntry }) {
  const page = pageOf(entry);
  const name = fitted(entry.entityName ?? entry.entityId ?? DASH, NAME_BYTES);
  return page ? <Link href={page}>{name}</Link> : <>{name}</>;
}

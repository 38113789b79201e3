import { type ApiKey, type ApiKeyState, LISTED_KEYS, apiKeyState } from '#src/api-keys/queries.ts';
import { scopeLabel } from '#src/api-keys/schema.ts';
import { Badge } from '../../views/badge.tsx';
import { Button, Link } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { DateTime } from '../../views/date-time.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import { fitted } from '../../views/fitted.ts';
import { Pagination } from '../../views/pagination.tsx';
import { partOf } from '../../views/part-of.ts';
import { queryHref } from '../../views/query-href.ts';
import { Prose } from '../../views/layout.tsx';
import { Table } from '../../views/table.tsx';
import type { Tone } from '../../views/tone.ts';

const TONES: Record<ApiKeyState, Tone> = {
  Active: 'success',
  Revoked: 'danger',
  Expired: 'neutral',
};

const SHOWN = 50;
const NAME_BYTES = 300;

type ApiKeyListProps = { path: string; keys: ApiKey[]; part: number; now: Date; timeZone: string };

export function ApiKeyList({ path, keys, part, now, timeZone }: ApiKeyListProps) {
  const { rows, page, pages } = partOf(keys, part, SHOWN);
  const href = (to: number) => (to < 1 || to > pages ? undefined : queryHref(path, { part: to }));
  const description = (
    <>
      They let your other systems use the <Link href="/docs/api">REST API</Link>.
      {keys.length === LISTED_KEYS && ` The ${LISTED_KEYS} newest are shown.`}
    </>
  );
  return (
    <Card title="API keys" description={description} flush>
      {keys.length === 0 ? (
        <EmptyState title="No API keys yet" icon="key-round">
          A key you create is listed here, and can be revoked here.
        </EmptyState>
      ) : (
        <Table
          caption="API keys"
          rows={rows}
          columns={[
            {
              header: 'Name',
              cell: ({ name, prefix }) => (
                <>
                  {fitted(name, NAME_BYTES)}
                  <Prose>
                    <code>{prefix}</code>
                  </Prose>
                </>
              ),
            },
            { header: 'Scopes', cell: ({ scopes }) => scopes.map(scopeLabel).join(', ') },
            {
              header: 'Last used',
              cell: ({ lastUsedAt }) => (
                <DateTime value={lastUsedAt} timeZone={timeZone} style="datetime" none="Never" />
              ),
            },
            { header: 'Created by', cell: (key) => fitted(key.createdByName ?? '—', NAME_BYTES) },
            {
              header: 'Status',
              cell: (key) => <Status apiKey={key} now={now} timeZone={timeZone} />,
            },
            {
              header: 'Actions',
              align: 'end',
              cell: (key) =>
                apiKeyState(key, now) === 'Active' && (
                  <Button opens={`revoke-${key.id}`}>Revoke</Button>
                ),
            },
          ]}
        />
      )}
      {pages > 1 && (
        <Pagination
          previousHref={href(page - 1)}
          nextHref={href(page + 1)}
          summary={`${formatNumber(rows.length)} of ${countOf(keys.length, 'API key')}`}
        />
      )}
      {rows.map(
        (key) => apiKeyState(key, now) === 'Active' && <RevokeDialog path={path} apiKey={key} />,
      )}
    </Card>
  );
}

function Status({ apiKey, now, timeZone }: { apiKey: ApiKey; now: Date; timeZone: string }) {
  const state = apiKeyState(apiKey, now);
  return (
    <>
      <Badge tone={TONES[state]}>{state}</Badge>
      {state === 'Active' && apiKey.expiresAt && (
        <>
          {' '}
          until <DateTime value={apiKey.expiresAt} timeZone={timeZone} />
        </>
      )}
    </>
  );
}

function RevokeDialog({ path, apiKey: { id, name } }: { path: string; apiKey: ApiKey }) {
  return (
    <ConfirmDialog
      id={`revoke-${id}`}
      title={`Revoke “${fitted(name, NAME_BYTES)}”?`}
      action={`${path}/${id}/revoke`}
      confirm="Revoke key"
      danger
    >
      Programs that use this key are refused from their next request on. This cannot be undone.
    </ConfirmDialog>
  );
}

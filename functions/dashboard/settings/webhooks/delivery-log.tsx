import type { Id } from '#db/ids.ts';
import type { Page } from '#src/lib/page.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import type { Delivery, DeliveryState } from '#src/webhooks/delivery-queries.ts';
import type { DeliveryView } from '#src/webhooks/webhook-log.ts';
import { Badge } from '../../../views/badge.tsx';
import { Button } from '../../../views/button.tsx';
import { Card } from '../../../views/card.tsx';
import { DASH } from '../../../views/dash.ts';
import { DateTime } from '../../../views/date-time.tsx';
import { EmptyState } from '../../../views/empty-state.tsx';
import { Pages } from '../../../views/pagination.tsx';
import { queryHref } from '../../../views/query-href.ts';
import { Table } from '../../../views/table.tsx';
import { Tabs } from '../../../views/tabs.tsx';
import type { Tone } from '../../../views/tone.ts';
import { deliveryPath, webhookPath } from './paths.ts';
import { AnswerBadge } from './webhook-list.tsx';

const FILTERS: { state: DeliveryState | undefined; label: string; none: string }[] = [
  { state: undefined, label: 'All', none: 'Nothing has been sent yet' },
  { state: 'failed', label: 'Failed', none: 'No delivery has failed' },
  { state: 'pending', label: 'On its way', none: 'Nothing is on its way' },
  { state: 'delivered', label: 'Delivered', none: 'Nothing has been delivered yet' },
];

type DeliveryLogProps = {
  webhookId: Id<'webhook'>;
  page: Page<Delivery>;
  view: DeliveryView;
  timeZone: string;
};

/** What was sent to a webhook, newest first, and what became of it. */
export function DeliveryLog({ webhookId, page, view, timeZone }: DeliveryLogProps) {
  const path = webhookPath(webhookId);
  const { state } = view;
  const isFiltered = state !== undefined;
  return (
    <Card
      id="deliveries"
      title="Deliveries"
      description="Kept for 30 days."
      toolbar={
        <Tabs
          label="Deliveries by state"
          tabs={FILTERS.map((filter) => ({
            label: filter.label,
            href: queryHref(path, { state: filter.state }),
            current: filter.state === state,
          }))}
        />
      }
      flush
    >
      {page.rows.length > 0 ? (
        <DeliveryTable webhookId={webhookId} rows={page.rows} timeZone={timeZone} />
      ) : (
        <EmptyState
          title={FILTERS.find((filter) => filter.state === state)?.none ?? ''}
          icon="send"
          actions={isFiltered && <Button href={path}>Show all</Button>}
        >
          {!isFiltered && 'The next event it wants is listed here, with what your system answers.'}
        </EmptyState>
      )}
      <Pages page={page} view={view} href={(place) => queryHref(path, { state }, place)} />
    </Card>
  );
}

type DeliveryTableProps = { webhookId: Id<'webhook'>; rows: Delivery[]; timeZone: string };

function DeliveryTable({ webhookId, rows, timeZone }: DeliveryTableProps) {
  return (
    <Table
      caption="Deliveries"
      rows={rows}
      rowHref={({ id }) => deliveryPath(webhookId, id)}
      columns={[
        { header: 'Event', cell: ({ event }) => event },
        {
          header: 'Time',
          cell: ({ createdAt }) => (
            <DateTime value={createdAt} timeZone={timeZone} style="datetime" />
          ),
        },
        { header: 'State', cell: (delivery) => <DeliveryBadge delivery={delivery} /> },
        {
          header: 'Answer',
          cell: ({ lastAttempt }) =>
            lastAttempt ? <AnswerBadge statusCode={lastAttempt.statusCode} /> : DASH,
        },
        {
          header: 'Duration',
          align: 'end',
          nowrap: true,
          hideWhenNarrow: true,
          cell: ({ lastAttempt }) => (lastAttempt ? duration(lastAttempt.durationMs) : DASH),
        },
        {
          header: 'Tries',
          align: 'end',
          hideWhenNarrow: true,
          cell: ({ tries }) => formatNumber(tries),
        },
      ]}
    />
  );
}

export const duration = (milliseconds: number) => `${formatNumber(milliseconds)} ms`;

const BADGES: Record<DeliveryState, { tone: Tone; text: string }> = {
  pending: { tone: 'info', text: 'On its way' },
  delivered: { tone: 'success', text: 'Delivered' },
  failed: { tone: 'danger', text: 'Failed' },
};

/** What became of a delivery; one that is tried again has failed so far. */
export function DeliveryBadge({ delivery }: { delivery: Delivery }) {
  const { state, tries, lastAttempt } = delivery;
  if (state === 'pending' && tries > 0 && lastAttempt)
    return <Badge tone="danger">Trying again</Badge>;
  const { tone, text } = BADGES[state];
  return <Badge tone={tone}>{text}</Badge>;
}

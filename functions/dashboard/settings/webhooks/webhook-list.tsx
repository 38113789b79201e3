import { type UrlRules, portProblem } from '#src/webhooks/public-url.ts';
import type { ListedWebhook, Webhook } from '#src/webhooks/queries.ts';
import { countOf } from '#src/lib/format-number.ts';
import { WEBHOOKS_MAX } from '#src/webhooks/schema.ts';
import { Badge } from '../../../views/badge.tsx';
import { Button } from '../../../views/button.tsx';
import { Card } from '../../../views/card.tsx';
import { DASH } from '../../../views/dash.ts';
import { DateTime } from '../../../views/date-time.tsx';
import { EmptyState } from '../../../views/empty-state.tsx';
import { Prose } from '../../../views/layout.tsx';
import { Table } from '../../../views/table.tsx';
import { NEW_WEBHOOK_PATH, webhookPath } from './paths.ts';

type WebhookListProps = { rows: ListedWebhook[]; rules: UrlRules; timeZone: string };

export function WebhookList({ rows, rules, timeZone }: WebhookListProps) {
  const newWebhook = rows.length < WEBHOOKS_MAX && (
    <Button href={NEW_WEBHOOK_PATH} variant="primary" icon="plus">
      New webhook
    </Button>
  );
  return (
    <Card
      title="Webhooks"
      description={
        newWebhook
          ? 'They tell your other systems what happens here.'
          : `You have ${WEBHOOKS_MAX}, as many as a company can have.`
      }
      actions={rows.length > 0 && newWebhook}
      flush
    >
      {rows.length === 0 ? (
        <EmptyState title="No webhooks yet" icon="webhook" actions={newWebhook}>
          Orders, customers and products can be sent to your ERP as they change.
        </EmptyState>
      ) : (
        <Table
          caption="Webhooks"
          rows={rows}
          rowHref={({ id }) => webhookPath(id)}
          columns={[
            { header: 'URL', cell: ({ url }) => <Address url={url} rules={rules} /> },
            { header: 'Events', nowrap: true, cell: ({ events }) => wanted(events) },
            { header: 'Status', cell: (webhook) => <WebhookStatus webhook={webhook} /> },
            {
              header: 'Last delivery',
              nowrap: true,
              cell: (webhook) => <LastDelivery webhook={webhook} timeZone={timeZone} />,
            },
          ]}
        />
      )}
    </Card>
  );
}

function Address({ url, rules }: { url: string; rules: UrlRules }) {
  if (portProblem(url, rules) === null) return <>{url}</>;
  return (
    <>
      {url} <Badge tone="warning">Port not allowed any more</Badge>
    </>
  );
}

/** By name where it is one; the webhook's own page names them all. */
function wanted([first, ...others]: Webhook['events']): string {
  return first && others.length === 0 ? first : countOf(others.length + 1, 'event');
}

const REASONS = {
  gone: 'It answered that it is gone (410).',
  failing: 'Nothing arrived for about three days.',
} as const;

/** Whether anything is sent, and why not. */
export function WebhookStatus({ webhook }: { webhook: Webhook }) {
  const { active, disabledReason, failingSince } = webhook;
  if (disabledReason && !active) {
    return (
      <>
        <Badge tone="danger">Disabled</Badge>
        <Prose>{REASONS[disabledReason]}</Prose>
      </>
    );
  }
  if (!active) return <Badge>Off</Badge>;
  return failingSince ? (
    <Badge tone="warning">Failing</Badge>
  ) : (
    <Badge tone="success">Active</Badge>
  );
}

function LastDelivery({ webhook, timeZone }: { webhook: ListedWebhook; timeZone: string }) {
  const { lastState, lastAt, lastStatusCode } = webhook;
  if (lastState === null) return DASH;
  return (
    <>
      {lastAt === null ? (
        <Badge tone="info">On its way</Badge>
      ) : (
        <AnswerBadge statusCode={lastStatusCode} />
      )}
      {lastAt && (
        <Prose>
          <DateTime value={lastAt} timeZone={timeZone} style="datetime" />
        </Prose>
      )}
    </>
  );
}

/** What came back from one try: red unless it is a success. */
export function AnswerBadge({ statusCode }: { statusCode: number | null }) {
  const isSuccess = statusCode !== null && statusCode >= 200 && statusCode < 300;
  return <Badge tone={isSuccess ? 'success' : 'danger'}>{String(statusCode ?? 'No answer')}</Badge>;
}

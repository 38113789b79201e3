import type { Id } from '#db/ids.ts';
import type { DeliveryDetail } from '#src/webhooks/delivery-queries.ts';
import { Button } from '../../../views/button.tsx';
import { Card } from '../../../views/card.tsx';
import { CodeBlock } from '../../../views/code-block.tsx';
import { DateTime } from '../../../views/date-time.tsx';
import { DescriptionList } from '../../../views/description-list.tsx';
import { formatNumber } from '#src/lib/format-number.ts';
import { fitted } from '../../../views/fitted.ts';
import { Form } from '../../../views/form.tsx';
import { Prose, Row, Stack } from '../../../views/layout.tsx';
import { deliveryPath, webhookPath } from './paths.ts';
import { DeliveryBadge, duration } from './delivery-log.tsx';
import { AnswerBadge } from './webhook-list.tsx';

type Props = { webhookId: Id<'webhook'>; delivery: DeliveryDetail; timeZone: string };

/** One delivery: what is sent, and what every try was answered. */
export function DeliveryPage({ webhookId, delivery, timeZone }: Props) {
  const { id, event, eventId, createdAt, nextAttemptAt, attempts, requestBody } = delivery;
  const tries = attempts.slice(-TRIES_SHOWN).toReversed();
  const room = Math.min(ANSWER_BYTES, Math.floor(ANSWERS_BYTES / tries.length));
  return (
    <Stack>
      <div>
        <Button href={webhookPath(webhookId)} variant="ghost" icon="chevron-left">
          All deliveries
        </Button>
      </div>
      <Card
        title={event}
        actions={
          <Form action={`${deliveryPath(webhookId, id)}/redeliver`}>
            <Button icon="refresh-cw">Redeliver</Button>
          </Form>
        }
      >
        <DescriptionList
          items={[
            { label: 'State', value: <DeliveryBadge delivery={delivery} /> },
            { label: 'Time', value: moment(createdAt, timeZone) },
            ...(nextAttemptAt
              ? [{ label: 'Next try', value: moment(nextAttemptAt, timeZone) }]
              : []),
            { label: 'Event id', value: <code>{eventId}</code> },
          ]}
        />
      </Card>
      {requestBody === null ? (
        <Card title="Request">
          <Prose>
            Nothing is sent: this event cannot be read any more. The fault is ours. Once it is
            repaired, the next try or a redelivery sends it.
          </Prose>
        </Card>
      ) : (
        <Card title="Request" description="Sent as one line; shown with breaks.">
          <CodeBlock label="Request body" text={fitted(indented(requestBody), REQUEST_BYTES)} />
        </Card>
      )}
      <Card title="Answers" description={order(attempts.length)}>
        {attempts.length === 0 ? (
          <Prose>It has not been tried yet.</Prose>
        ) : (
          <Stack>
            {tries.map((attempt) => (
              <Try attempt={attempt} room={room} timeZone={timeZone} />
            ))}
          </Stack>
        )}
      </Card>
    </Stack>
  );
}

function order(tries: number): string | undefined {
  if (tries > TRIES_SHOWN)
    return `The newest ${TRIES_SHOWN} of ${formatNumber(tries)}, newest first.`;
  return tries > 1 ? 'Newest first.' : undefined;
}

function Try({
  attempt,
  room,
  timeZone,
}: {
  attempt: DeliveryDetail['attempts'][number];
  /** Bytes for the answer. */
  room: number;
  timeZone: string;
}) {
  const { statusCode, durationMs, error, responseBody, createdAt } = attempt;
  return (
    <Stack gap="tight">
      <Row>
        <AnswerBadge statusCode={statusCode} />
        {moment(createdAt, timeZone)}
        <Prose>{duration(durationMs)}</Prose>
      </Row>
      {error && <Prose>{fitted(error, 400)}</Prose>}
      {responseBody && (
        <CodeBlock
          label={`Answer of ${createdAt.toISOString()}`}
          text={fitted(responseBody, room)}
        />
      )}
    </Stack>
  );
}

function moment(value: Date, timeZone: string) {
  return <DateTime value={value} timeZone={timeZone} style="datetime" />;
}

/** An order of 500 lines may have more, which the API shows whole. */
const REQUEST_BYTES = 150_000;
const ANSWER_BYTES = 6_000;
/** A delivery may be sent again as often as somebody likes. */
const TRIES_SHOWN = 50;
const ANSWERS_BYTES = 60_000;

const indented = (json: string) => JSON.stringify(JSON.parse(json), null, 2);

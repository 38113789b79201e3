import type { Webhook } from '#src/webhooks/queries.ts';
import { GRACE_HOURS } from '#src/webhooks/rotate-secret.ts';
import { Button } from '../../../views/button.tsx';
import { Card } from '../../../views/card.tsx';
import { DateTime } from '../../../views/date-time.tsx';
import { DescriptionList } from '../../../views/description-list.tsx';
import { ConfirmDialog } from '../../../views/dialog.tsx';
import { Field } from '../../../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../../../views/form.tsx';
import { Columns, Row } from '../../../views/layout.tsx';
import { Notice } from '../../../views/notice.tsx';
import { WEBHOOKS_PATH, webhookPath } from './paths.ts';
import { WebhookStatus } from './webhook-list.tsx';

type Props = { webhook: Webhook; timeZone: string };

export function AllWebhooks() {
  return (
    <div>
      <Button href={WEBHOOKS_PATH} variant="ghost" icon="chevron-left">
        All webhooks
      </Button>
    </div>
  );
}

/** Its port was allowed when it was saved, and is not any more. */
export function OldPort({ url }: { url: string }) {
  const port = URL.parse(url)?.port;
  return (
    <Notice tone="warning" title={`Port ${port} is not allowed for webhooks any more`}>
      This webhook was saved before and keeps working. Nothing changes until you edit its URL: a new
      URL must use port 80, 443 or one from 1024 up that no database or internal service uses.
    </Notice>
  );
}

/** What the webhook is, and what can be done with it. */
export function WebhookCard({ webhook, timeZone }: Props) {
  const { id, url, events, active, failingSince, previousSecretUntil } = webhook;
  const path = webhookPath(id);
  return (
    <Card
      title="Webhook"
      actions={
        <>
          {active && (
            <Form action={`${path}/test`}>
              <Button icon="send">Send test event</Button>
            </Form>
          )}
          <Button href={`${path}/edit`}>Edit</Button>
        </>
      }
      footer={
        <Row>
          <Form action={`${path}/active`} hidden={{ active: active ? 'off' : 'on' }}>
            <Button variant={active ? 'secondary' : 'primary'}>
              {active ? 'Switch off' : 'Switch on'}
            </Button>
          </Form>
          <Button opens="rotate-secret">Rotate secret</Button>
          <Button opens="delete-webhook" variant="danger">
            Delete
          </Button>
        </Row>
      }
    >
      <DescriptionList
        items={[
          { label: 'URL', value: url },
          { label: 'Status', value: <WebhookStatus webhook={webhook} /> },
          ...(failingSince
            ? [{ label: 'Failing since', value: moment(failingSince, timeZone) }]
            : []),
          { label: 'Events', value: events.join(', ') },
          ...(previousSecretUntil
            ? [{ label: 'Old secret signs until', value: moment(previousSecretUntil, timeZone) }]
            : []),
          { label: 'Created', value: moment(webhook.createdAt, timeZone) },
        ]}
      />
      <ConfirmDialog
        id="rotate-secret"
        title="Rotate the signing secret?"
        action={`${path}/rotate-secret`}
        hidden={{ version: webhook.version }}
        confirm="Rotate secret"
      >
        You get a new one, shown once. For {GRACE_HOURS} hours deliveries are signed with the old
        one too, so that nothing is lost while you change over.
      </ConfirmDialog>
      <ConfirmDialog
        id="delete-webhook"
        title={`Delete the webhook to ${url}?`}
        action={`${path}/delete`}
        confirm="Delete webhook"
        danger
      >
        Nothing is sent there any more, and its delivery log is deleted too. This cannot be undone.
      </ConfirmDialog>
    </Card>
  );
}

function moment(value: Date, timeZone: string) {
  return <DateTime value={value} timeZone={timeZone} style="datetime" />;
}

type ReplayCardProps = Props & {
  /** What the fields hold before anything is typed. */
  range: { from: string; to: string };
  problem?: RefusedForm | undefined;
};

/** Sends again what happened in a range of time, for a receiver that was down. */
export function ReplayCard({ webhook, timeZone, range, problem }: ReplayCardProps) {
  return (
    <Card
      id="replay"
      title="Replay"
      description="Sends every event of a time range that this webhook wants, also those it has got before. Event ids stay the same."
    >
      <Form
        action={`${webhookPath(webhook.id)}/replay`}
        // The times that are typed are those of the time zone that is shown.
        hidden={{ timeZone: String(problem?.values?.['timeZone'] ?? timeZone) }}
        values={problem?.values ?? range}
        errors={problem?.errors}
        message={problem?.message}
      >
        <Columns of={2}>
          <Field
            name="from"
            label="From"
            type="datetime-local"
            hint={zoneName(timeZone)}
            required
          />
          <Field name="to" label="To" type="datetime-local" hint={zoneName(timeZone)} required />
        </Columns>
        <FormActions>
          <Button icon="refresh-cw">Replay</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

const zoneName = (timeZone: string) => `Time zone ${timeZone.replaceAll('_', ' ')}.`;

import type { Id } from '#db/ids.ts';
import { EVENTS, EVENT_TYPES, TEST_EVENT } from '#src/events/event-types.ts';
import { WEBHOOKS_MAX } from '#src/webhooks/schema.ts';
import { Button } from '../../../views/button.tsx';
import { Card } from '../../../views/card.tsx';
import { CheckField, ChoicesField } from '../../../views/check-field.tsx';
import { Field } from '../../../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../../../views/form.tsx';
import { NEW_WEBHOOK_PATH, WEBHOOKS_PATH, webhookPath } from './paths.ts';

const CHOICES = EVENT_TYPES.map((type) => ({
  value: type,
  label: type,
  hint: EVENTS[type].data === null ? `${EVENTS[type].summary} Not sent yet.` : EVENTS[type].summary,
}));

/** @param id the one the new webhook will have, so that sending this form twice creates one */
export function NewWebhookForm({
  id,
  problem,
}: {
  id: Id<'webhook'>;
  problem?: RefusedForm | undefined;
}) {
  return (
    <Card
      title="New webhook"
      description={`Your other systems are told of what happens here, as it happens. At most ${WEBHOOKS_MAX}.`}
    >
      <Form
        action={NEW_WEBHOOK_PATH}
        hidden={{ webhookId: id }}
        values={problem?.values ?? { active: true, events: ['order.created'] }}
        errors={problem?.errors}
        message={problem?.message}
        guard
      >
        <WebhookFields />
        <FormActions>
          <Button href={WEBHOOKS_PATH}>Cancel</Button>
          <Button variant="primary">Create webhook</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

type EditWebhookFormProps = {
  id: Id<'webhook'>;
  /** The version the edit is based on. */
  version: number;
  values: RefusedForm['values'];
  problem?: RefusedForm | undefined;
};

export function EditWebhookForm({ id, version, values, problem }: EditWebhookFormProps) {
  return (
    <Card title="Edit webhook">
      <Form
        action={`${webhookPath(id)}/edit`}
        hidden={{ version }}
        values={problem?.values ?? values}
        errors={problem?.errors}
        message={problem?.message}
        guard
      >
        <WebhookFields />
        <FormActions>
          <Button href={webhookPath(id)}>Cancel</Button>
          <Button variant="primary">Save</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

function WebhookFields() {
  return (
    <>
      <Field
        name="url"
        label="URL"
        type="url"
        hint="Starts with https:// and is reachable from the internet. It gets a POST with JSON for every event."
        placeholder="https://"
        autocomplete="off"
        required
      />
      <ChoicesField
        name="events"
        label="Events"
        pick="many"
        choices={CHOICES}
        hint={`What it is told of. A test sends ${TEST_EVENT}, whatever you choose.`}
      />
      <CheckField name="active" label="Active" hint="Nothing is sent while it is off." />
    </>
  );
}

import type { Webhook } from '#src/webhooks/queries.ts';
import { Button } from '../../../views/button.tsx';
import { Card } from '../../../views/card.tsx';
import { CodeBlock } from '../../../views/code-block.tsx';
import { CopyField } from '../../../views/copy-field.tsx';
import { Stack } from '../../../views/layout.tsx';
import { Notice } from '../../../views/notice.tsx';
import { webhookPath } from './paths.ts';

const RECIPE = `import { Webhook } from 'standardwebhooks';

// rawBody is the text as it arrived: parsed and written again, it is another.
const { event, data } = new Webhook(secret).verify(rawBody, request.headers);`;

type NewSecretProps = { title: string; webhook: Webhook; secret: string; note?: string };

/** A secret, the only time it is shown, and what to do with it. */
export function NewSecret({ title, webhook, secret, note }: NewSecretProps) {
  return (
    <Card title={title}>
      <Stack>
        <Notice tone="warning" title="Copy the secret now">
          It is shown this once and cannot be shown again. {note}
        </Notice>
        <CopyField
          id="new-secret"
          label="Signing secret"
          value={secret}
          hint="Every delivery is signed with it, so that whoever receives knows it comes from here."
        />
        <HowToVerify />
        <div>
          <Button href={webhookPath(webhook.id)}>I have copied it</Button>
        </div>
      </Stack>
    </Card>
  );
}

function HowToVerify() {
  return (
    <Stack gap="tight">
      <h3>Check the signature</h3>
      <CodeBlock label="Verifying a delivery" text={RECIPE} />
      <p class="prose">
        Libraries for other languages are at standardwebhooks.com. By hand:{' '}
        <code>X-Webhook-Signature</code> is the HMAC-SHA256 of the raw body in lower-case hex, its
        key the whole secret as shown above.
      </p>
    </Stack>
  );
}

/** What stands in place of a secret that was shown before. */
export function SecretWasShown({ title, webhook }: { title: string; webhook: Webhook }) {
  return (
    <Card title={title}>
      <Stack>
        <Notice tone="warning">
          Its secret is shown only once. If you have lost it, rotate it for a new one.
        </Notice>
        <div>
          <Button href={webhookPath(webhook.id)}>Open the webhook</Button>
        </div>
      </Stack>
    </Card>
  );
}

import { ImportMessage } from '#src/imports/import-message.ts';
import { consume } from './consume.ts';
import { buryImport, consumeImport } from './import-consumer.ts';
import { consumeMail, MailMessage } from './mail-consumer.ts';
import { buryWebhook, consumeWebhook, WebhookMessage } from './webhook-consumer.ts';

/** One consumer a queue. */
export async function consumeQueue(
  batch: MessageBatch,
  env: Env,
  execution: ExecutionContext,
): Promise<void> {
  switch (batch.queue) {
    case 'distribu-mail':
      return consume(batch, MailMessage, (message) => consumeMail(env, message));
    case 'distribu-mail-dead':
      // The row stays pending, and the sweep tries it until its own attempts are used up.
      return batch.ackAll();
    case 'distribu-imports':
      return consume(batch, ImportMessage, (message) => consumeImport(env, message));
    case 'distribu-imports-dead':
      return consume(batch, ImportMessage, (message) => buryImport(env, message));
    case 'distribu-webhooks':
      return consume(batch, WebhookMessage, (message) => consumeWebhook(env, execution, message));
    case 'distribu-webhooks-dead':
      return consume(batch, WebhookMessage, buryWebhook);
    default:
      throw new Error(`No consumer for the queue ${batch.queue}.`);
  }
}

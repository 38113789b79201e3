import type { z } from 'zod';
import { backoff } from '#src/lib/backoff.ts';
import { logError } from '../log.ts';

/** `done`: never again. `retryIn`: once more, in so many seconds. */
export type Outcome = 'done' | { retryIn: number };

/**
 * Handles a batch message by message; the only code that acknowledges or retries. A body that is not `schema` is logged
 * and gone: it would never become one. A handler that throws is tried again later, and harms no other message.
 */
export async function consume<S extends z.ZodType>(
  batch: MessageBatch,
  schema: S,
  handler: (message: z.output<S>) => Promise<Outcome>,
): Promise<void> {
  for (const message of batch.messages) {
    const body = schema.safeParse(message.body);
    if (!body.success) {
      logError('poison message', { queue: batch.queue, id: message.id, error: body.error });
      message.ack();
      continue;
    }
    try {
      const outcome = await handler(body.data);
      if (outcome === 'done') message.ack();
      else message.retry({ delaySeconds: outcome.retryIn });
    } catch (error) {
      logError('message failed', {
        queue: batch.queue,
        id: message.id,
        attempts: message.attempts,
        error,
      });
      message.retry({ delaySeconds: backoff(message.attempts) });
    }
  }
}

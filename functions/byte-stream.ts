import type { Context } from 'hono';
import type { AppEnv } from './app-env.ts';
import { logError } from './log.ts';

/**
 * Text as the body of a response, made piece by piece as the reader takes it. What fails after the first byte can only
 * be cut off, and is logged here: the answer's status has long been sent.
 */
export function byteStream(
  c: Context<AppEnv>,
  pieces: AsyncGenerator<string>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const { requestId } = c.var;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          logError(error, { requestId, path: c.req.path });
          controller.error(error);
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

import { storable } from '../lib/fields.ts';

/** Characters kept of an answer's body. */
const KEPT_BODY = 2000;

/**
 * The first 2,000 characters of a body; the rest is not waited for.
 * @param signal ends the reading, whatever the body does
 * @returns `broken` when the body ended before it was over, or was too slow
 */
export async function readStart(
  body: ReadableStream<Uint8Array> | null,
  signal: AbortSignal,
): Promise<{ text: string; broken: boolean }> {
  if (!body) return { text: '', broken: false };
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('Too slow.')), { once: true });
  });
  aborted.catch(() => undefined);
  let text = '';
  let broken = false;
  try {
    signal.throwIfAborted();
    while (text.length < KEPT_BODY) {
      const { done, value } = await Promise.race([reader.read(), aborted]);
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    text += decoder.decode();
  } catch {
    broken = true;
  }
  // Nobody waits for what a hanging connection says to that.
  reader.cancel().catch(() => undefined);
  return { text: storable(text.slice(0, KEPT_BODY)), broken };
}

import { createMiddleware } from 'hono/factory';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../../app-env.ts';

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/**
 * Refuses a body that is no JSON text, before the validators read it: they would take a missing body for `{}` and a
 * broken character for `\uFFFD`.
 */
export const jsonText = createMiddleware<AppEnv>(async function jsonText(c, next) {
  const bytes = await c.req.arrayBuffer();
  const type = c.req.header('Content-Type');
  if (type === undefined ? bytes.byteLength > 0 : !JSON_TYPE.test(type)) {
    throw new AppError('unsupported_media_type', 'The body must be application/json.');
  }
  if (bytes.byteLength === 0 || !isUtf8(bytes)) {
    throw new AppError('validation', 'Invalid JSON body.');
  }
  await next();
});

function isUtf8(bytes: ArrayBuffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

import type { Context } from 'hono';
import type { AppEnv } from '../../app-env.ts';

/** A CSV file to save under this name. */
export function csvResponse(
  c: Context<AppEnv>,
  fileName: string,
  content: string | ReadableStream,
): Response {
  return c.body(content, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${fileName}"`,
  });
}

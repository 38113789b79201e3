import { OpenAPIHono, z } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { AppError } from '#src/lib/errors.ts';
import { SEARCH_MAX } from '#src/lib/list-view.ts';
import type { Page } from '#src/lib/page.ts';
import { invalid } from '#src/lib/parse.ts';
import type { Scope } from '#src/permissions.ts';
import type { AppEnv } from '../../app-env.ts';
import { limitBody } from '../../middleware/limit-body.ts';
import { jsonText } from './json-text.ts';

/** A router whose bad input is thrown, so that one place renders every failure. */
export function apiRouter() {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const error = result.error as z.ZodError;
      const isNoObject = result.target === 'json' && error.issues[0]?.path.length === 0;
      throw isNoObject ? new AppError('validation', 'Invalid JSON body.') : invalid(error);
    },
  });
}

/** What a route says of the scope it needs: in the document, and to whoever checks keys. */
export function needs(scope: Scope) {
  const needed = createMiddleware<AppEnv>(async function needed(c, next) {
    c.set('scope', scope);
    await next();
  });
  return { security: [{ apiKey: [scope] }], middleware: [needed] };
}

/** The same for a route that takes a JSON body, which is read before it is validated. */
export function needsWithBody(scope: Scope) {
  const { security, middleware } = needs(scope);
  return { security, middleware: [...middleware, limitBody, jsonText] };
}

/** The same for a write that takes none; one that comes all the same is read for its fingerprint. */
export function needsWithoutBody(scope: Scope) {
  const { security, middleware } = needs(scope);
  return { security, middleware: [...middleware, limitBody] };
}

/** A required JSON body: without `required` a missing body would arrive as `{}`, typed as valid. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true as const, content: { 'application/json': { schema } } };
}

const KEY_MAX = 255;
const KEY_LENGTH = `Idempotency-Key must be between 1 and ${KEY_MAX} characters.`;

/** What every write takes ("Beyond the source"). */
export const WriteHeaders = z.object({
  'idempotency-key': z.string().min(1, KEY_LENGTH).max(KEY_MAX, KEY_LENGTH).optional().meta({
    description:
      'Sent again within 24 hours with the same key and body, the request is not run again: you get its first answer.',
  }),
});

/** What every change of one resource takes. */
export const PatchHeaders = WriteHeaders.extend({
  'if-match': z.string().optional().meta({
    description:
      'The `ETag` you have seen: if the resource is another by now, nothing is changed. A weak one counts as the strong one.',
  }),
});

const LIMIT = { default: 50, max: 100 };
export const ONCE = 'Send each query parameter only once.';

const WORDS_LENGTH = `Search for at most ${SEARCH_MAX} characters.`;

/** Words that a list is searched for. */
export const words = z.string(ONCE).max(SEARCH_MAX, WORDS_LENGTH).optional();

/** What every list takes. A limit that makes no sense is corrected, never refused ("REST API", Shape). */
export const ListQuery = z.object({
  limit: z
    .string()
    .optional()
    .catch(undefined)
    .transform((text) => {
      const limit = text?.trim() ? Number(text) : LIMIT.default;
      return Number.isNaN(limit)
        ? LIMIT.default
        : Math.min(Math.max(Math.trunc(limit), 1), LIMIT.max);
    })
    .meta({
      type: 'integer',
      minimum: 1,
      maximum: LIMIT.max,
      default: LIMIT.default,
      description: 'Page size. What is out of range or no number is corrected.',
    }),
  cursor: z.string(ONCE).optional().meta({ description: '`nextCursor` of the page before.' }),
});

/** One page of a list as JSON; every row goes through its schema, so nothing is published by accident. */
export function page<S extends z.ZodType, T>(
  schema: S,
  { rows, hasMore, last }: Page<T>,
  out: (row: T) => z.input<S>,
) {
  return {
    data: rows.map((row) => schema.parse(out(row))),
    pagination: { hasMore, nextCursor: hasMore ? last : null },
  };
}

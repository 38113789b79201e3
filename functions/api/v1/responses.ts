import { z } from '@hono/zod-openapi';
import { ERRORS, type ErrorCode } from '#src/lib/errors.ts';

/** Response headers as the document describes them. */
export const HEADERS = {
  RequestId: {
    required: true,
    description: 'Names this request in our logs.',
    schema: { type: 'string' },
  },
  RateLimit: {
    required: true,
    description: 'Requests a minute.',
    schema: { type: 'integer' },
    example: 60,
  },
  RateLimitRemaining: {
    required: true,
    description: 'Requests left right now.',
    schema: { type: 'integer' },
    example: 59,
  },
  RateLimitReset: {
    required: true,
    description: 'When the oldest counted request leaves the minute, in Unix seconds.',
    schema: { type: 'integer' },
    example: 1772366460,
  },
  ETag: {
    required: true,
    description: 'Names this version of the resource, for `If-Match`.',
    schema: { type: 'string' },
    example: '"3"',
  },
  IdempotentReplayed: {
    description: '`true` where this answer is that of an earlier request with the same key.',
    schema: { type: 'string' },
    example: 'true',
  },
  RetryAfter: {
    required: true,
    description: 'Seconds to wait.',
    schema: { type: 'integer' },
    example: 12,
  },
} as const;

const header = (name: keyof typeof HEADERS) => ({ $ref: `#/components/headers/${name}` });
const EVERY_ANSWER = {
  'X-Request-Id': header('RequestId'),
  'X-RateLimit-Limit': header('RateLimit'),
  'X-RateLimit-Remaining': header('RateLimitRemaining'),
  'X-RateLimit-Reset': header('RateLimitReset'),
};

export const Problem = z
  .object({
    error: z.string().meta({ description: 'What is wrong, for people.' }),
    code: z
      .enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]])
      .meta({ description: 'What is wrong, for programs.' }),
    fields: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'Every problem of the input, where there is more than one.' }),
    retryAfter: z.int().optional().meta({ description: 'Seconds to wait, with `rate_limited`.' }),
  })
  .meta({ id: 'Problem' });

const Pagination = z
  .object({
    hasMore: z.boolean(),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'The next page’s `cursor`; null on the last page.' }),
  })
  .meta({ id: 'Pagination' });

export function data<S extends z.ZodType>(schema: S, description: string) {
  return json(z.object({ data: schema }), description);
}

/** One resource, which has an ETag. */
export function resource<S extends z.ZodType>(schema: S, description: string) {
  return json(z.object({ data: schema }), description, { ETag: header('ETag') });
}

/** The same as it is after a write. */
export function written<S extends z.ZodType>(schema: S, description: string) {
  return json(z.object({ data: schema }), description, {
    ETag: header('ETag'),
    'Idempotent-Replayed': header('IdempotentReplayed'),
  });
}

export function list<S extends z.ZodType>(schema: S, description: string) {
  return json(z.object({ data: z.array(schema), pagination: Pagination }), description);
}

/** What a write has set going. */
export function accepted<S extends z.ZodType>(schema: S, description: string) {
  return json(z.object({ data: schema }), description, {
    'Idempotent-Replayed': header('IdempotentReplayed'),
  });
}

/** No body. */
export function nothing(description: string) {
  return { description, headers: EVERY_ANSWER };
}

/** A list with what it comes to. */
export function report<S extends z.ZodType, T extends z.ZodType>(
  schema: S,
  summary: T,
  description: string,
) {
  return json(z.object({ data: z.array(schema), pagination: Pagination, summary }), description);
}

function json<S extends z.ZodType>(schema: S, description: string, headers = {}) {
  return {
    description,
    headers: { ...EVERY_ANSWER, ...headers },
    content: { 'application/json': { schema } },
  };
}

type Messages = Partial<Record<ErrorCode, readonly string[]>>;

/** How any request can fail, and with what words. */
const EVERYWHERE = {
  unauthorized: [
    'Missing or invalid Authorization header. Use: Bearer <api_key>',
    'Invalid, expired, or revoked API key.',
  ],
  rate_limited: ['Rate limit exceeded. Try again in 12 seconds.'],
  internal: ['Something went wrong.'],
} satisfies Messages;

/** How a request with a body can fail, besides the problems of its fields. */
export const BODY = {
  too_large: ['The body is larger than 1 MB.'],
  unsupported_media_type: ['The body must be application/json.'],
} satisfies Messages;

/** How a write with an Idempotency-Key can fail. */
export const RETRIED = {
  conflict: ['A request with this Idempotency-Key is still running.'],
  rule: ['This Idempotency-Key was used with another body.'],
} satisfies Messages;

/** How any write with a body can fail. */
export const WRITE = { ...BODY, ...RETRIED } satisfies Messages;

/** How a change of one resource can fail. */
export const PATCH = {
  ...WRITE,
  changed_meanwhile: ['It was changed meanwhile: fetch it again.'],
} satisfies Messages;

/** The failures of one route, with their exact messages as examples; those every route shares come by themselves. */
export function problems(scope: string, own: Messages) {
  const all: Messages = {
    ...own,
    ...EVERYWHERE,
    forbidden: [`Insufficient permissions. This key lacks the "${scope}" scope.`],
  };
  const statuses = Map.groupBy(
    Object.entries(all) as [ErrorCode, readonly string[]][],
    ([code]) => ERRORS[code],
  );
  return Object.fromEntries(
    [...statuses].map(([status, meanings]) => [
      status,
      {
        description: meanings.map(([code]) => `\`${code}\``).join(' or '),
        headers:
          status === 429 ? { ...EVERY_ANSWER, 'Retry-After': header('RetryAfter') } : EVERY_ANSWER,
        content: { 'application/json': { schema: Problem, examples: examples(meanings) } },
      },
    ]),
  );
}

function examples(meanings: [ErrorCode, readonly string[]][]) {
  return Object.fromEntries(
    meanings.flatMap(([code, messages]) =>
      messages.map((error) => [
        error,
        { value: { error, code, ...(code === 'rate_limited' && { retryAfter: 12 }) } },
      ]),
    ),
  );
}

import type { Problem } from './api-types.ts';

/** The API's codes; `network`: there was no answer; `unexpected`: it was not one of the API. */
export type DistribuErrorCode = Problem['code'] | 'network' | 'unexpected';

/** What is wrong with one field; `path` is dotted, as in `items.0.quantity`. */
export type FieldProblem = { path: string; message: string };

interface Details {
  status: number;
  code: DistribuErrorCode;
  fields?: readonly FieldProblem[] | undefined;
  requestId?: string | null;
  cause?: unknown;
}

/** A call that failed, after all its retries. */
export class DistribuError extends Error {
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** What went wrong, for programs. */
  readonly code: DistribuErrorCode;
  /** Everything that is wrong with the input, where it is more than one thing. */
  readonly fields: readonly FieldProblem[];
  /** Names the request in Distribu's logs: quote it when you ask for help. */
  readonly requestId: string | null;

  constructor(message: string, { status, code, fields, requestId, cause }: Details) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DistribuError';
    this.status = status;
    this.code = code;
    this.fields = fields ?? [];
    this.requestId = requestId ?? null;
  }
}

/** No answer came, or not all of it, within all tries. */
export function networkError(cause: unknown): DistribuError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new DistribuError(`No answer from Distribu: ${why}`, {
    status: 0,
    code: 'network',
    cause,
  });
}

/**
 * The failure an answer tells of.
 * @param body what came: a problem as JSON, or anything at all from something between us and the API
 */
export function errorFrom(response: Response, body: unknown): DistribuError {
  const { status } = response;
  const requestId = response.headers.get('X-Request-Id');
  if (!isProblem(body)) {
    const message = `Distribu answered with status ${status} and no JSON that the API sends.`;
    return new DistribuError(message, { status, code: 'unexpected', requestId });
  }
  const { error, code, fields } = body;
  return new DistribuError(error, { status, code, fields, requestId });
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  return 'error' in body && typeof body.error === 'string' && 'code' in body;
}

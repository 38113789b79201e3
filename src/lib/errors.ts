/** Every way a request can fail, and the HTTP status it answers with. The API's `code` is the key. */
export const ERRORS = {
  validation: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  changed_meanwhile: 412,
  too_large: 413,
  unsupported_media_type: 415,
  rule: 422,
  plan_limit: 422,
  rotation_limit: 422,
  rate_limited: 429,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** What is wrong with one input field; `path` is dotted, as in `items.0.quantity`. */
export type FieldError = { path: string; message: string };

/** A failure its caller may see: the message is written for people. Anything else thrown is an accident. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[] | undefined;

  constructor(code: ErrorCode, message: string, fields?: readonly FieldError[]) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.fields = fields;
  }

  get status(): (typeof ERRORS)[ErrorCode] {
    return ERRORS[this.code];
  }
}

/** A failure found by the database, which has let the caller in before, or has refused exactly that. */
export class Refusal extends AppError {}

/** An API write that has happened already, under the same Idempotency-Key: what it was answered with then. */
export class Replayed extends Error {
  readonly answer: unknown;

  constructor(answer: unknown) {
    super('This request has been answered before.');
    this.name = 'Replayed';
    this.answer = answer;
  }
}

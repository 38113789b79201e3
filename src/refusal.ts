import { NeonDbError } from '@neondatabase/serverless';
import { planLimitReached } from './billing/plans.ts';
import { type AppError, type ErrorCode, Refusal } from './lib/errors.ts';

/** Our own SQLSTATEs (db/sql/enter.sql). */
const REFUSALS: Record<string, ErrorCode> = {
  DS401: 'unauthorized',
  DS403: 'forbidden',
  DS404: 'not_found',
  DS409: 'conflict',
  DS412: 'changed_meanwhile',
  DS422: 'rule',
  DS429: 'rate_limited',
};

export const EMAIL_TAKEN = 'An account with this email already exists.';
export const SLUG_TAKEN = 'This storefront address is already taken.';

/** A write in a transaction that only reads (`ctx.readsOnly`). */
const READ_ONLY = '25006';

/** What a violated constraint means to the person who caused it. */
const CONSTRAINTS: Record<string, AppError['message']> = {
  customers_email_unique: 'A customer with this email already exists.',
  storefront_accounts_email_unique: EMAIL_TAKEN,
  users_email_unique: EMAIL_TAKEN,
  companies_slug_unique: SLUG_TAKEN,
  products_sku_unique: 'A product with this SKU already exists.',
};

/** What the database has said no to, in words for whoever asked; null = an accident. */
export function refusal(error: unknown): AppError | null {
  const cause = causeOf(error);
  if (!cause) return null;
  const limited = /^plan_(customer|product)s$/.exec(cause.constraint ?? '')?.[1];
  if (limited) return new Refusal('plan_limit', planLimitReached(limited));
  if (cause.constraint === 'webhook_rotation_limit') {
    return new Refusal('rotation_limit', cause.message);
  }
  if (cause.constraint === 'webhook_port') {
    const { message } = cause;
    return new Refusal('validation', message, [{ path: 'url', message }]);
  }
  const code = REFUSALS[cause.code ?? ''];
  if (code) return new Refusal(code, cause.message);
  if (cause.code === READ_ONLY) return new Refusal('forbidden', 'This form is only shown again.');
  if (cause.code === '23503') return broken(cause.constraint ?? '');
  const message = cause.code === '23505' ? CONSTRAINTS[cause.constraint ?? ''] : undefined;
  return message ? new Refusal('conflict', message) : null;
}

/** The database has kept what this API write was answered with (db/sql/idempotency.sql). */
export function isAnswered(error: unknown): boolean {
  return causeOf(error)?.code === 'DS208';
}

/** What the database itself has said, of a query or of a batch. */
function causeOf(error: unknown): NeonDbError | null {
  const cause = error instanceof Error && error.cause instanceof NeonDbError ? error.cause : error;
  return cause instanceof NeonDbError ? cause : null;
}

/** A reference to what is not there (or is another company's), or what others refer to and was to go. */
function broken(constraint: string): AppError | null {
  if (constraint === 'order_lines_product') {
    return new Refusal('rule', 'This product was ordered before: deactivate it instead.');
  }
  if (/_customer_id_customers_/.test(constraint)) {
    return new Refusal('not_found', 'Customer not found.');
  }
  if (/_product_id_products_/.test(constraint)) {
    return new Refusal('not_found', 'Product not found.');
  }
  return null;
}

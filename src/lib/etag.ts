import { AppError } from './errors.ts';

/**
 * The ETag of one resource (RFC 9110, 8.8.3); `expect_version()` (db/sql/idempotency.sql) makes the same.
 * @param stock units on hand, of what has stock: it moves without a new version
 */
export function etag({ version, stock }: { version: number; stock?: number }): string {
  return stock === undefined ? `"${version}"` : `"${version}.${stock}"`;
}

export const BAD_IF_MATCH = 'If-Match must be *, or ETags like "3".';
/** A list of entity tags (RFC 9110, 8.8.3 and 13.1.1). */
const TAGS = /^(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*$/;

/**
 * The ETags an `If-Match` names, or null where anything will do: without the header, or with `*`. A weak one stands for
 * the strong one, which something between us and the caller may have weakened: ours name the resource, not its bytes.
 * @throws AppError validation
 */
export function ifMatch(header: string | undefined): string[] | null {
  const named = header?.trim();
  if (named === undefined || named === '*') return null;
  if (!TAGS.test(named)) throw new AppError('validation', BAD_IF_MATCH);
  return named.match(/"[^"]*"/g) ?? [];
}

/**
 * The ETag of one resource (RFC 9110, 8.8.3); `expect_version()` (db/sql/idempotency.sql) makes the same.
 * @param stock units on hand, of what has stock: it moves without a new version
 */
export function etag({ version, stock }: { version: number; stock?: number }): string {
  return stock === undefined ? `"${version}"` : `"${version}.${stock}"`;
}

/** The ETags an `If-Match` names, or null where anything will do: without the header, or with `*`. */
export function ifMatch(header: string | undefined): string[] | null {
  if (header === undefined || header.trim() === '*') return null;
  return header.split(',').map((tag) => tag.trim());
}

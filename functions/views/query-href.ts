export type QueryValues = Readonly<Record<string, string | number | null | undefined>>;

/**
 * An address with its query changed: `null`, `undefined` and `''` drop a parameter. What is not
 * named in `changes` stays, so filters survive sorting and paging.
 */
export function queryHref(path: string, current: QueryValues, changes: QueryValues = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...current, ...changes })) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

import { type SQL, sql } from 'drizzle-orm';
import { products } from '#db/schema/index.ts';

/** What a product is found by. */
interface Described {
  name: string;
  sku: string | null;
  category: string | null;
  description: string | null;
}

/**
 * The stored lower-case keys a product is sorted and searched by. Made here and not by Postgres, whose lower() knows
 * only ASCII in collation C. Every statement that writes one of these fields writes the keys, too.
 */
export function productKeys(described: Described) {
  return {
    nameKey: described.name.toLowerCase(),
    searchKey: PARTS.map((part) => partOf(part, described[part])).join('\n'),
  };
}

/** The keys of a stored product of which these fields change, for an update; the other parts stay as they are. */
export function changedKeys(changed: { [Part in keyof Described]?: Described[Part] | undefined }): {
  nameKey?: string;
  searchKey?: SQL;
} {
  if (PARTS.every((part) => changed[part] === undefined)) return {};
  const parts = PARTS.map((part) => {
    const value = changed[part];
    return value === undefined ? STORED[part] : sql`${partOf(part, value)}::text`;
  });
  return {
    ...(changed.name !== undefined && { nameKey: changed.name.toLowerCase() }),
    searchKey: sql.join(parts, sql` || E'\n' || `),
  };
}

/** The lower-case parts of the search key that these fields change, for who puts the key together in SQL. */
export function changedParts(changed: {
  [Part in keyof Described]?: Described[Part] | undefined;
}): Partial<Record<Part, string>> {
  const parts: Partial<Record<Part, string>> = {};
  for (const part of PARTS) {
    const value = changed[part];
    if (value !== undefined) parts[part] = partOf(part, value);
  }
  return parts;
}

// Line breaks keep a search from matching across two parts. Only the last one has some of its own.
const PARTS = ['name', 'sku', 'category', 'description'] as const;
type Part = (typeof PARTS)[number];

function partOf(part: Part, value: string | null): string {
  const lower = (value ?? '').toLowerCase();
  return part === 'description' ? lower : lower.replaceAll('\n', ' ');
}

const stored = (n: number) => sql`split_part(${products.searchKey}, E'\n', ${sql.raw(String(n))})`;
const STORED: Record<Part, SQL> = {
  name: stored(1),
  sku: stored(2),
  category: stored(3),
  description: sql`regexp_replace(${products.searchKey}, '^([^\n]*\n){3}', '')`,
};

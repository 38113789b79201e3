import { sql } from 'drizzle-orm';
import { customers } from '#db/schema/index.ts';

/**
 * The stored lower-case keys a customer is sorted and searched by. Made here and not by Postgres, whose lower() knows
 * only ASCII in collation C. Every statement that writes an email or a name writes these.
 */
export function customerKeys({ email, name }: { email: string; name: string | null }) {
  return {
    nameKey: (name ?? email).toLowerCase(),
    // A line break keeps a search from matching across the two.
    searchKey: `${email}\n${(name ?? '').toLowerCase()}`,
  };
}

/** The keys of a stored customer that gets another name, for an update: without one, customers sort by their email. */
export function renamedKeys(name: string | null) {
  return name === null
    ? { nameKey: sql`${customers.email}`, searchKey: sql`${customers.email} || E'\n'` }
    : {
        nameKey: name.toLowerCase(),
        searchKey: sql`${customers.email} || E'\n' || ${name.toLowerCase()}`,
      };
}

import { type SQL, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';

/** The person who is signed in, as the entering statement found them: known to SQL before it is known to us. */
export const me: SQL<Id<'user'>> = sql`current_setting('app.actor_id')`;

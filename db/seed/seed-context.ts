import { type Ctx, type Entry, newCtx } from '#src/context.ts';
import type { CompanyFixture } from '../factories.ts';
import { logOut } from '#src/staff/sessions.ts';
import type { Database } from '../client.ts';

/** A context as a request would have it, so that seeds change things by the product's own verbs. */
export function seedContext(db: Database, entry: Entry, now: Date): Ctx {
  return newCtx({ db, entry, now, requestId: 'seed', origin: '', keys: [] });
}

/** Ends the sessions a company is made with: nobody has signed in yet. */
export async function signOutStaff(db: Database, { staff }: CompanyFixture): Promise<void> {
  const nobody = seedContext(db, { kind: 'nobody' }, new Date());
  for (const { sessionId } of staff) await logOut(nobody, sessionId);
}

import { eq } from 'drizzle-orm';
import { newId } from '#db/ids.ts';
import { outbox } from '#db/schema/index.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import type { Ctx } from '#src/context.ts';
import { listCustomers } from '#src/customers/queries.ts';
import type { Session } from '#src/session.ts';
import { signUp } from '#src/staff/sign-up.ts';
import { system } from '#src/tenant.ts';
import { context } from './context.ts';

export const PASSWORD = 'correct horse';

export const uniqueEmail = () => `p-${newId('user').slice(-10)}@example.com`;

export const nobody = () => context({ kind: 'nobody' });

export const signedIn = (session: Session, overrides?: Partial<Ctx>) =>
  context({ kind: 'staff', ...session }, overrides);

/** Whatever is asked for, the session is read with it. */
export const anyRequest = (ctx: Ctx) =>
  listCustomers(ctx, { limit: 1, sort: 'created', descending: true });

/** A company with its owner, just signed up. */
export async function account(companyName = 'Blue Plate Foods') {
  const email = uniqueEmail();
  const session = await signUp(
    nobody(),
    argon2Hasher,
    { companyName, name: 'Ann Lee', email, password: PASSWORD },
    'Firefox',
  );
  return { email, session };
}

/** The token of the newest link mailed to this address. */
export async function mailedToken(email: string): Promise<string> {
  const ctx = nobody();
  const [rows] = await system(ctx).batch([
    ctx.db.select().from(outbox).where(eq(outbox.recipient, email)).orderBy(outbox.id),
  ]);
  return rows.at(-1)?.data['url']?.split('/').at(-1) ?? '';
}

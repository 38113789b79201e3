import { desc, eq, sql } from 'drizzle-orm';
import { memberships, staffSessions, users } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import type { PasswordHasher } from '../lib/password.ts';
import { parse } from '../lib/parse.ts';
import type { Session } from '../session.ts';
import { system } from '../tenant.ts';
import { LogInInput } from '../lib/password-forms.ts';
import { newSession } from './sessions.ts';

/** `no_company`: the password is right, but the person belongs to no company any more. */
type LogInResult = { ok: true; session: Session } | { ok: false; reason: 'wrong' | 'no_company' };

/**
 * Signs in to the company last looked at. Whatever is wrong looks and costs the same: an account nobody has is
 * compared with a password nobody has. Two round trips, the password's hash lies between.
 */
export async function logIn(
  ctx: Ctx,
  hasher: PasswordHasher,
  raw: unknown,
  userAgent: string,
): Promise<LogInResult> {
  const input = parse(LogInInput, raw);
  const account = await findAccount(ctx, input.email);
  const { ok, rehash } = await hasher.verify(input.password, account?.passwordHash ?? null);
  if (!ok || !account) return { ok: false, reason: 'wrong' };
  if (!account.companyId) return { ok: false, reason: 'no_company' };
  const { userId, companyId } = account;
  const session = newSession(ctx, { userId, companyId, userAgent });
  const insert = ctx.db.insert(staffSessions).values(session);
  // A renewed hash is the same password: nothing for the audit log, whose trigger `bulk` turns off.
  await system(ctx, 'bulk').batch(
    rehash
      ? [
          insert,
          ctx.db
            .update(users)
            .set({ passwordHash: await hasher.hash(input.password) })
            .where(eq(users.id, userId)),
        ]
      : [insert],
  );
  return { ok: true, session: { sessionId: session.id, companyId } };
}

async function findAccount(ctx: Ctx, email: string) {
  const [[account]] = await system(ctx).batch([
    ctx.db
      .select({
        userId: users.id,
        passwordHash: users.passwordHash,
        companyId: memberships.companyId,
      })
      .from(users)
      .leftJoin(memberships, eq(memberships.userId, users.id))
      .where(eq(users.email, email))
      .orderBy(
        desc(
          sql`coalesce((select max(s.last_seen_at) from staff_sessions s
            where s.user_id = ${users.id} and s.company_id = ${memberships.companyId}), ${memberships.createdAt})`,
        ),
      )
      .limit(1),
  ]);
  return account;
}

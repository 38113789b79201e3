import { eq, sql } from 'drizzle-orm';
import { users } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import type { PasswordHasher } from '../lib/password.ts';
import type { Permission } from '../permissions.ts';
import { tenant } from '../tenant.ts';
import { me } from './me.ts';
import { currentSession } from './sessions.ts';

/** How long the password asked again is good for; `is_confirmed()` (db/sql/confirm-password.sql) says the same. */
export const CONFIRMED_MINUTES = 10;

/**
 * What an act that asks for the password again is handed. `passwordHash` is what the typed password was compared with;
 * null = none was typed, because the session is confirmed already.
 */
export interface Confirmation {
  readonly passwordHash: string | null;
}

/** What a password is compared with, and who is asking: one round trip. */
export async function readMyPassword(ctx: Ctx, permission: Permission): Promise<string | null> {
  const [[user]] = await tenant(ctx, permission).batch([
    ctx.db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, me)),
  ]);
  return user?.passwordHash ?? null;
}

/**
 * Compares the typed password.
 * @param passwordHash as `readMyPassword` has it
 * @returns null when the password is wrong
 */
export async function confirm(
  hasher: PasswordHasher,
  passwordHash: string | null,
  typed: string,
): Promise<Confirmation | null> {
  const { ok } = await hasher.verify(typed, passwordHash);
  return ok ? { passwordHash } : null;
}

/**
 * The first statement in the batch of an act that asks for the password. It confirms the session, or aborts the batch: the
 * database itself knows whether this session is confirmed.
 */
export function confirmed(ctx: Ctx, { passwordHash }: Confirmation) {
  const [session, now] = [currentSession(ctx), ctx.now.toISOString()];
  return ctx.db.execute(sql`select confirm_password(${session}, ${passwordHash}, ${now})`);
}

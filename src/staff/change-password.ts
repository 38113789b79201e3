import { eq, sql } from 'drizzle-orm';
import { users } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import type { PasswordHasher } from '../lib/password.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { me } from './me.ts';
import { ChangePasswordInput } from '../lib/password-forms.ts';
import { otherSessions } from './sessions.ts';

/**
 * A new password for whoever knows the present one; all other browsers are signed out. Two round trips, the hashes lie
 * between.
 * @returns false when the present password is wrong
 * @throws AppError validation
 */
export async function changePassword(
  ctx: Ctx,
  hasher: PasswordHasher,
  raw: unknown,
): Promise<boolean> {
  const input = parse(ChangePasswordInput, raw);
  const [[user]] = await tenant(ctx, 'own_account:write').batch([
    ctx.db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, me)),
  ]);
  const { ok } = await hasher.verify(input.currentPassword, user?.passwordHash ?? null);
  if (!ok) return false;
  const passwordHash = await hasher.hash(input.newPassword);
  await tenant(ctx, 'own_account:write', 'PasswordChanged').batch([
    ctx.db
      .update(users)
      .set({ passwordHash, linkVersion: sql`${users.linkVersion} + 1` })
      .where(eq(users.id, me)),
    otherSessions(ctx),
  ]);
  return true;
}

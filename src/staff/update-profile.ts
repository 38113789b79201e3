import { eq } from 'drizzle-orm';
import { users } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { me } from './me.ts';
import { ProfileInput } from './schema.ts';

/** @throws AppError validation */
export async function updateProfile(ctx: Ctx, raw: unknown): Promise<void> {
  const door = tenant(ctx, 'own_account:write');
  const { name } = parse(ProfileInput, raw);
  await door.batch([ctx.db.update(users).set({ name }).where(eq(users.id, me))]);
}

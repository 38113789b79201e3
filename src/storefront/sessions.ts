import { and, eq, lt, ne, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { customerSessions } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { beginSession } from '../session.ts';
import { system, visit } from '../tenant.ts';
import type { AccountId } from './links.ts';

/** The row of a session that begins now. */
export function newCustomerSession(
  ctx: Ctx,
  {
    userAgent,
    ...of
  }: { customerId: Id<'customer'>; contactId: Id<'contact'> | null; userAgent: string },
) {
  return { ...beginSession(ctx, 'customer', userAgent), companyId: companyId(ctx), ...of };
}

/**
 * Signs an account's browsers out, but for `except`, and only if it has this password by now: a link that was used
 * already signs nobody out.
 */
export function endSessions(
  ctx: Ctx,
  id: AccountId,
  passwordHash: string,
  except: Id<'session'> | null = null,
) {
  const table = sql.raw(id.startsWith('con_') ? 'contacts' : 'customers');
  const mine = id.startsWith('con_')
    ? eq(customerSessions.contactId, id as Id<'contact'>)
    : and(
        eq(customerSessions.customerId, id as Id<'customer'>),
        sql`${customerSessions.contactId} is null`,
      );
  return ctx.db.delete(customerSessions).where(
    and(
      eq(customerSessions.companyId, companyId(ctx)),
      mine,
      except ? ne(customerSessions.id, except) : undefined,
      sql`exists (
        select from ${table} account
        where account.company_id = ${companyId(ctx)} and account.id = ${id} and account.password_hash = ${passwordHash}
      )`,
    ),
  );
}

/** Ends the session of a browser that signs out, whether or not it still lives. */
export async function logOutCustomer(ctx: Ctx, id: Id<'session'>): Promise<void> {
  await visit(ctx).batch([
    ctx.db
      .delete(customerSessions)
      .where(and(eq(customerSessions.companyId, companyId(ctx)), eq(customerSessions.id, id))),
  ]);
}

export async function deleteExpiredCustomerSessions(ctx: Ctx): Promise<void> {
  await system(ctx).batch([
    ctx.db.delete(customerSessions).where(lt(customerSessions.expiresAt, ctx.now)),
  ]);
}

import { sql } from 'drizzle-orm';
import { storefrontAccounts } from '#db/schema/index.ts';
import { type Ctx, customerOf } from '../context.ts';
import type { PasswordHasher } from '../lib/password.ts';
import { ChangePasswordInput } from '../lib/password-forms.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { accountOf, accounts, updateLogin } from './accounts.ts';
import { endSessions } from './sessions.ts';

/**
 * A new password for whoever knows the present one; the account's other browsers are signed out. Two round trips, the
 * hashes lie between.
 * @returns false when the present password is wrong
 * @throws AppError validation
 */
export async function changeCustomerPassword(
  ctx: Ctx,
  hasher: PasswordHasher,
  raw: unknown,
): Promise<boolean> {
  if (ctx.entry.kind !== 'customer') throw new Error('Not a customer request.');
  const input = parse(ChangePasswordInput, raw);
  const [rows] = await tenant(ctx, 'own_login:write').batch([
    accounts(ctx).where(
      sql`${storefrontAccounts.companyId} = entered_company()
        and ${storefrontAccounts.customerId} = current_setting('app.customer_id')
        and coalesce(${storefrontAccounts.contactId}, '') = current_setting('app.contact_id')`,
    ),
  ]);
  const account = accountOf(rows[0]);
  const { ok } = await hasher.verify(input.currentPassword, account?.passwordHash ?? null);
  if (!ok || !account) return false;
  const passwordHash = await hasher.hash(input.newPassword);
  const { customerId, contactId } = customerOf(ctx);
  const id = contactId ?? customerId;
  await tenant(ctx, 'own_login:write', 'CustomerPasswordChanged').batch([
    updateLogin(ctx, id, { passwordHash }),
    endSessions(ctx, id, passwordHash, ctx.entry.sessionId),
  ]);
  return true;
}

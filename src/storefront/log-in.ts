import { customerSessions } from '#db/schema/index.ts';
import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import type { PasswordHasher } from '../lib/password.ts';
import { LogInInput } from '../lib/password-forms.ts';
import { parse } from '../lib/parse.ts';
import { visit } from '../tenant.ts';
import { accountByEmail, accountOf, updateLogin } from './accounts.ts';
import { newCustomerSession } from './sessions.ts';

/** `suspended` is said only to who knows the password of a blocked account. */
type CustomerLogInResult =
  | { ok: true; sessionId: Id<'session'> }
  | { ok: false; reason: 'wrong' | 'suspended' };

/**
 * Signs a customer or a contact in. Whatever is wrong looks and costs the same: an account nobody has, one without a
 * password and one that was switched off are compared with a password nobody has. Two round trips, the password's hash
 * lies between.
 * @throws AppError not_found (no such store)
 */
export async function logInCustomer(
  ctx: Ctx,
  hasher: PasswordHasher,
  raw: unknown,
  userAgent: string,
): Promise<CustomerLogInResult> {
  const input = parse(LogInInput, raw);
  const [rows] = await visit(ctx).batch([accountByEmail(ctx, input.email)]);
  const account = accountOf(rows[0]);
  const known = account?.active ? account.passwordHash : null;
  const { ok, rehash } = await hasher.verify(input.password, known);
  if (!ok || !account) return { ok: false, reason: 'wrong' };
  if (account.blocked) return { ok: false, reason: 'suspended' };
  const { customerId, contactId } = account;
  const session = newCustomerSession(ctx, { customerId, contactId, userAgent });
  const insert = ctx.db.insert(customerSessions).values(session);
  // A renewed hash is the same password: nothing for the audit log, whose trigger `bulk` turns off.
  await visit(ctx, 'bulk').batch(
    rehash
      ? [insert, updateLogin(ctx, account.id, { passwordHash: await hasher.hash(input.password) })]
      : [insert],
  );
  return { ok: true, sessionId: session.id };
}

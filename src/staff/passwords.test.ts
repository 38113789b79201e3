import { describe, expect, it } from 'vitest';
import {
  PASSWORD,
  account,
  anyRequest,
  mailedToken,
  nobody,
  signedIn,
} from '../../test/accounts.ts';
import { context } from '../../test/context.ts';
import { auditEntries } from '#db/schema/index.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { tenant } from '../tenant.ts';
import { confirmNewEmail, verifyEmail } from './change-email.ts';
import { changePassword } from './change-password.ts';
import { logIn } from './log-in.ts';
import { isResetLinkGood, requestPasswordReset, resetPassword } from './reset-password.ts';
import { listMySessions } from './sessions.ts';

describe('passwords', () => {
  const typed = (newPassword: string, repeated = newPassword) => ({ newPassword, repeated });

  it('are reset by a link that works once, proves the mailbox and signs all browsers out', async () => {
    const { email, session } = await account();
    await requestPasswordReset(nobody(), { email });
    const token = await mailedToken(email);
    expect(await isResetLinkGood(nobody(), token)).toBe(true);
    expect(await resetPassword(nobody(), argon2Hasher, token, typed('brand new one'))).toBe(true);
    await expect(listMySessions(signedIn(session))).rejects.toMatchObject({ code: 'unauthorized' });
    const result = await logIn(nobody(), argon2Hasher, { email, password: 'brand new one' }, '');
    if (!result.ok) throw new Error('Not logged in.');
    const ctx = signedIn(result.session);
    expect(await resetPassword(nobody(), argon2Hasher, token, typed('another one'))).toBe(false);
    expect(await isResetLinkGood(nobody(), token)).toBe(false);
    // The used link signed nobody out.
    await anyRequest(ctx);
    expect(ctx.staff?.emailVerified).toBe(true);
    const [log] = await tenant(ctx, 'audit:read').batch([ctx.db.select().from(auditEntries)]);
    expect(log.map(({ action }) => action)).toContain('PasswordReset');
    expect(JSON.stringify(log)).not.toContain('argon2id');
  });

  it('may be reset by either of two links, and then by neither', async () => {
    const { email } = await account();
    await requestPasswordReset(nobody(), { email });
    const first = await mailedToken(email);
    await requestPasswordReset(nobody(), { email });
    const second = await mailedToken(email);
    // A stranger who asks for links does not end the one that the person is about to use.
    expect(await isResetLinkGood(nobody(), first)).toBe(true);
    expect(await resetPassword(nobody(), argon2Hasher, first, typed('brand new one'))).toBe(true);
    expect(await isResetLinkGood(nobody(), second)).toBe(false);
    expect(await resetPassword(nobody(), argon2Hasher, second, typed('another one'))).toBe(false);
  });

  it('reset links expire after an hour, and are worth nothing elsewhere', async () => {
    const { email } = await account();
    await requestPasswordReset(nobody(), { email });
    const token = await mailedToken(email);
    const late = context({ kind: 'nobody' }, { now: new Date(Date.now() + 3_601_000) });
    expect(await isResetLinkGood(late, token)).toBe(false);
    expect(await verifyEmail(nobody(), token)).toBe(false);
    expect(await confirmNewEmail(nobody(), token)).toBe(false);
    expect(await resetPassword(nobody(), argon2Hasher, `${token}x`, typed('brand new one'))).toBe(
      false,
    );
  });

  it('change for who knows the present one, and sign all other browsers out', async () => {
    const { email, session } = await account();
    const other = await logIn(nobody(), argon2Hasher, { email, password: PASSWORD }, '');
    if (!other.ok) throw new Error('Not logged in.');
    const change = (currentPassword: string) =>
      changePassword(signedIn(session), argon2Hasher, {
        currentPassword,
        ...typed('brand new one'),
      });
    expect(await change('wrong')).toBe(false);
    expect(await change(PASSWORD)).toBe(true);
    expect(await listMySessions(signedIn(session))).toHaveLength(1);
    await expect(listMySessions(signedIn(other.session))).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });
});

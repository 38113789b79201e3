import { describe, expect, it } from 'vitest';
import { PASSWORD, account, anyRequest, nobody, signedIn } from '../../test/accounts.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import type { Session } from '../session.ts';
import { tenant } from '../tenant.ts';
import { changePassword } from './change-password.ts';
import { type Confirmation, confirm, confirmed, readMyPassword } from './confirm-password.ts';
import { logIn } from './log-in.ts';

const NOT_TYPED = { passwordHash: null };
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);

/** An act that asks for the password. */
async function act(session: Session, confirmation: Confirmation, now = new Date()) {
  const ctx = signedIn(session, { now });
  await tenant(ctx, 'own_account:write').batch([confirmed(ctx, confirmation)]);
}

async function typed(session: Session, password: string): Promise<Confirmation | null> {
  const passwordHash = await readMyPassword(signedIn(session), 'own_account:write');
  return confirm(argon2Hasher, passwordHash, password);
}

async function isConfirmed(session: Session, now = new Date()) {
  const ctx = signedIn(session, { now });
  await anyRequest(ctx);
  return ctx.staff?.confirmed;
}

describe('the password asked again', () => {
  const refused = { code: 'forbidden', message: 'Enter your password again.' };

  it('is good for ten minutes of that session, and logging in does not count', async () => {
    const { email, session } = await account();
    const other = await logIn(nobody(), argon2Hasher, { email, password: PASSWORD }, '');
    if (!other.ok) throw new Error('Not logged in.');
    await expect(act(session, NOT_TYPED)).rejects.toMatchObject(refused);
    expect(await isConfirmed(session)).toBe(false);

    const confirmation = await typed(session, PASSWORD);
    if (!confirmation) throw new Error('The password is right.');
    await act(session, confirmation);
    await act(session, NOT_TYPED, inMinutes(9));
    expect(await isConfirmed(session, inMinutes(9))).toBe(true);
    expect(await isConfirmed(other.session)).toBe(false);
    await expect(act(other.session, NOT_TYPED)).rejects.toMatchObject(refused);
    await expect(act(session, NOT_TYPED, inMinutes(11))).rejects.toMatchObject(refused);
    expect(await isConfirmed(session, inMinutes(11))).toBe(false);
  });

  it('confirms nothing when it is wrong, or another one by the time of the act', async () => {
    const { session } = await account();
    expect(await typed(session, 'wrong')).toBeNull();
    const confirmation = await typed(session, PASSWORD);
    if (!confirmation) throw new Error('The password is right.');
    const newPassword = 'brand new one';
    const change = { currentPassword: PASSWORD, newPassword, repeated: newPassword };
    await changePassword(signedIn(session), argon2Hasher, change);
    await expect(act(session, confirmation)).rejects.toMatchObject(refused);
    expect(await isConfirmed(session)).toBe(false);
  });

  it('confirms no session of somebody else', async () => {
    const [mine, theirs] = await Promise.all([account(), account()]);
    const confirmation = await typed(mine.session, PASSWORD);
    if (!confirmation) throw new Error('The password is right.');
    await expect(act(theirs.session, confirmation)).rejects.toMatchObject(refused);
  });
});

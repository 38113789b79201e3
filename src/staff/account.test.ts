import { describe, expect, it } from 'vitest';
import {
  PASSWORD,
  account,
  anyRequest,
  mailedToken,
  nobody,
  signedIn,
  uniqueEmail,
} from '../../test/accounts.ts';
import { as, freshCompany } from '../../test/context.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import type { Session } from '../session.ts';
import { confirmNewEmail, requestEmailChange, verifyEmail } from './change-email.ts';
import { readMyPassword } from './confirm-password.ts';
import { logIn } from './log-in.ts';
import { updateProfile } from './update-profile.ts';

/** As if the password had been typed again. */
const confirmation = async (session: Session) => ({
  passwordHash: await readMyPassword(signedIn(session), 'own_account:write'),
});

describe('an account', () => {
  it('proves its address by the link that went there', async () => {
    const { email, session } = await account();
    expect(await verifyEmail(nobody(), await mailedToken(email))).toBe(true);
    const ctx = signedIn(session);
    await anyRequest(ctx);
    expect(ctx.staff?.emailVerified).toBe(true);
  });

  it('moves to a new address once the link sent there is opened', async () => {
    const { email, session } = await account();
    const next = uniqueEmail();
    const typed = await confirmation(session);
    await requestEmailChange(signedIn(session), { email: next }, typed);
    const token = await mailedToken(next);
    expect(await confirmNewEmail(nobody(), token)).toBe(true);
    expect(await confirmNewEmail(nobody(), token)).toBe(false);
    expect(await logIn(nobody(), argon2Hasher, { email, password: PASSWORD }, '')).toMatchObject({
      ok: false,
    });
    expect(
      await logIn(nobody(), argon2Hasher, { email: next, password: PASSWORD }, ''),
    ).toMatchObject({ ok: true });
  });

  it('mails nothing to a new address while the password is not confirmed', async () => {
    const { session } = await account();
    const next = uniqueEmail();
    const refused = requestEmailChange(signedIn(session), { email: next }, { passwordHash: null });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    expect(await mailedToken(next)).toBe('');
  });

  it('cannot move to an address that has an account', async () => {
    const [mine, theirs] = await Promise.all([account(), account()]);
    const typed = await confirmation(mine.session);
    await requestEmailChange(signedIn(mine.session), { email: theirs.email }, typed);
    await expect(confirmNewEmail(nobody(), await mailedToken(theirs.email))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('changes its own name only', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'MEMBER');
    await updateProfile(ctx, { name: 'New Name' });
    const [member, owner] = [as(company, 'MEMBER'), as(company, 'OWNER')];
    await Promise.all([anyRequest(member), anyRequest(owner)]);
    expect(member.staff?.userName).toBe('New Name');
    expect(owner.staff?.userName).not.toBe('New Name');
  });
});

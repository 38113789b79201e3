import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { as, context, freshCompany } from '../../test/context.ts';
import { auditEntries, companies, outbox, staffSessions } from '#db/schema/index.ts';
import { newId } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { listCustomers } from '../customers/queries.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import type { Session } from '../session.ts';
import { system, tenant } from '../tenant.ts';
import { confirmNewEmail, requestEmailChange, verifyEmail } from './change-email.ts';
import { changePassword } from './change-password.ts';
import { logIn } from './log-in.ts';
import { isResetLinkGood, requestPasswordReset, resetPassword } from './reset-password.ts';
import {
  endMyOtherSessions,
  deleteExpiredSessions,
  endMySession,
  listMySessions,
  logOut,
} from './sessions.ts';
import { signUp } from './sign-up.ts';
import { slugFromName } from './slug-from-name.ts';
import { updateProfile } from './update-profile.ts';

const nobody = () => context({ kind: 'nobody' });
const signedIn = (session: Session, overrides?: Partial<Ctx>) =>
  context({ kind: 'staff', ...session }, overrides);
const uniqueEmail = () => `p-${newId('user').slice(-10)}@example.com`;
const PASSWORD = 'correct horse';
const PAGE = { limit: 1, sort: 'created', descending: true } as const;

async function account(companyName = 'Blue Plate Foods') {
  const email = uniqueEmail();
  const session = await signUp(
    nobody(),
    argon2Hasher,
    { companyName, name: 'Ann Lee', email, password: PASSWORD },
    'Firefox',
  );
  return { email, session };
}

/** The token of the newest link mailed to this address. */
async function mailedToken(email: string): Promise<string> {
  const ctx = nobody();
  const [rows] = await system(ctx).batch([
    ctx.db.select().from(outbox).where(eq(outbox.recipient, email)).orderBy(outbox.id),
  ]);
  return rows.at(-1)?.data['url']?.split('/').at(-1) ?? '';
}

describe('signing up', () => {
  it('makes company, slug, owner, trial and session', async () => {
    const { email, session } = await account('Café Müller & Söhne');
    const ctx = signedIn(session);
    await listCustomers(ctx, PAGE);
    expect(ctx.staff).toMatchObject({
      companyName: 'Café Müller & Söhne',
      role: 'OWNER',
      userEmail: email,
      emailVerified: false,
      plan: 'STARTER',
    });
    expect(ctx.staff?.companySlug).toMatch(/^cafe-muller-sohne(-\d+)?$/);
    const days = (Date.parse(ctx.staff?.trialEndsAt ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(13.9);
  });

  it('refuses an address that has an account, and leaves nothing behind', async () => {
    const { email } = await account();
    const again = signUp(
      nobody(),
      argon2Hasher,
      { companyName: 'Leftover Ltd', name: 'Bo Lee', email, password: PASSWORD },
      '',
    );
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    const ctx = nobody();
    const [left] = await system(ctx).batch([
      ctx.db.select().from(companies).where(eq(companies.name, 'Leftover Ltd')),
    ]);
    expect(left).toHaveLength(0);
  });

  it('gives everybody a slug of their own, also at the same moment', async () => {
    const name = `Same ${newId('user').slice(-6)}`;
    const sessions = await Promise.all([1, 2, 3, 4].map(() => account(name)));
    const slugs = await Promise.all(
      sessions.map(async ({ session }) => {
        const ctx = signedIn(session);
        await listCustomers(ctx, PAGE);
        return ctx.staff?.companySlug;
      }),
    );
    expect(new Set(slugs).size).toBe(4);
  });

  it('makes slugs people would guess', () => {
    expect(slugFromName('Acme  Foods, Inc.')).toBe('acme-foods-inc');
    expect(slugFromName('Ærø Fisk')).toBe('r-fisk');
    expect(slugFromName('日本')).toBe('store');
    expect(slugFromName('x'.repeat(90))).toHaveLength(45);
  });
});

describe('logging in', () => {
  it('takes the right password only, whatever the case of the address', async () => {
    const { email } = await account();
    const attempt = (password: string, address = email) =>
      logIn(nobody(), argon2Hasher, { email: address, password }, 'Safari');
    expect(await attempt(PASSWORD, ` ${email.toUpperCase()} `)).toMatchObject({ ok: true });
    expect(await attempt('wrong password')).toEqual({ ok: false, reason: 'wrong' });
    expect(await attempt(PASSWORD, uniqueEmail())).toEqual({ ok: false, reason: 'wrong' });
    expect(await attempt('\0', 'a\0b')).toEqual({ ok: false, reason: 'wrong' });
    const long = `${'a'.repeat(250)}@b.co`;
    expect(await attempt(PASSWORD, long)).toEqual({ ok: false, reason: 'wrong' });
  });

  it('renews a hash made with other parameters, which nobody reads in the log', async () => {
    const { email, session } = await account();
    const history = async () => {
      const ctx = signedIn(session);
      return (await tenant(ctx, 'audit:read').batch([ctx.db.select().from(auditEntries)]))[0];
    };
    const before = await history();
    const oldParameters = {
      ...argon2Hasher,
      verify: () => Promise.resolve({ ok: true, rehash: true }),
    };
    await logIn(nobody(), oldParameters, { email, password: PASSWORD }, 'Safari');
    expect(await history()).toEqual(before);
    const again = await logIn(nobody(), argon2Hasher, { email, password: PASSWORD }, 'Safari');
    expect(again.ok).toBe(true);
  });

  it('ends at the next request when signed out, here or elsewhere', async () => {
    const { email, session } = await account();
    const second = await logIn(nobody(), argon2Hasher, { email, password: PASSWORD }, 'Safari');
    if (!second.ok) throw new Error('Not logged in.');
    const sessions = await listMySessions(signedIn(session));
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(sessions).toHaveLength(2);
    await endMyOtherSessions(signedIn(session));
    await expect(listMySessions(signedIn(second.session))).rejects.toMatchObject({
      code: 'unauthorized',
    });
    await logOut(nobody(), session.sessionId);
    await expect(listMySessions(signedIn(session))).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('is in the log when other browsers are signed out, and only then', async () => {
    const { email, session } = await account();
    const again = async () => {
      const result = await logIn(nobody(), argon2Hasher, { email, password: PASSWORD }, 'Safari');
      if (!result.ok) throw new Error('Not logged in.');
      return result.session.sessionId;
    };
    await logOut(nobody(), await again());
    await endMyOtherSessions(signedIn(session));
    await endMySession(signedIn(session), await again());
    await Promise.all([again(), again()]);
    await endMyOtherSessions(signedIn(session));
    const ctx = signedIn(session);
    const [log] = await tenant(ctx, 'audit:read').batch([
      ctx.db
        .select()
        .from(auditEntries)
        .where(eq(auditEntries.action, 'BrowsersSignedOut'))
        .orderBy(auditEntries.id),
    ]);
    const person = { actorType: 'USER', actorName: 'Ann Lee', entityType: 'User' };
    const { userId } = ctx.staff ?? {};
    expect(log).toMatchObject([
      { ...person, actorId: userId, entityId: userId, details: { browsers: 1 } },
      { ...person, actorId: userId, entityName: email, details: { browsers: 2 } },
    ]);
  });

  it("never ends somebody else's session", async () => {
    const [mine, theirs] = await Promise.all([account(), account()]);
    await endMySession(signedIn(mine.session), theirs.session.sessionId);
    expect(await listMySessions(signedIn(theirs.session))).toHaveLength(1);
  });

  it('is swept away once it has expired', async () => {
    const { session } = await account();
    const ctx = nobody();
    await deleteExpiredSessions(ctx);
    expect(await listMySessions(signedIn(session))).toHaveLength(1);
    const rows = () =>
      ctx.db.select().from(staffSessions).where(eq(staffSessions.id, session.sessionId));
    await system(ctx).batch([
      ctx.db
        .update(staffSessions)
        .set({ expiresAt: new Date(Date.now() - 1000) })
        .where(eq(staffSessions.id, session.sessionId)),
    ]);
    await deleteExpiredSessions(ctx);
    const [left] = await system(ctx).batch([rows()]);
    expect(left).toHaveLength(0);
  });

  it('slides for 30 days, and ends when unused for as long', async () => {
    const { session } = await account();
    const at = (days: number) =>
      signedIn(session, { now: new Date(Date.now() + days * 86_400_000) });
    const later = at(20);
    await listCustomers(later, PAGE);
    expect(later.staff?.renewed).toBe(true);
    await listCustomers(at(45), PAGE);
    await expect(listCustomers(at(80), PAGE)).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

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
    await listCustomers(ctx, PAGE);
    expect(ctx.staff?.emailVerified).toBe(true);
    const [log] = await tenant(ctx, 'audit:read').batch([ctx.db.select().from(auditEntries)]);
    expect(log.map(({ action }) => action)).toContain('PasswordReset');
    expect(JSON.stringify(log)).not.toContain('argon2id');
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

describe('an account', () => {
  it('proves its address by the link that went there', async () => {
    const { email, session } = await account();
    expect(await verifyEmail(nobody(), await mailedToken(email))).toBe(true);
    const ctx = signedIn(session);
    await listCustomers(ctx, PAGE);
    expect(ctx.staff?.emailVerified).toBe(true);
  });

  it('moves to a new address once the link sent there is opened', async () => {
    const { email, session } = await account();
    const next = uniqueEmail();
    await requestEmailChange(signedIn(session), { email: next });
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

  it('cannot move to an address that has an account', async () => {
    const [mine, theirs] = await Promise.all([account(), account()]);
    await requestEmailChange(signedIn(mine.session), { email: theirs.email });
    await expect(confirmNewEmail(nobody(), await mailedToken(theirs.email))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('changes its own name only', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'MEMBER');
    await updateProfile(ctx, { name: 'New Name' });
    const [member, owner] = [as(company, 'MEMBER'), as(company, 'OWNER')];
    await Promise.all([listCustomers(member, PAGE), listCustomers(owner, PAGE)]);
    expect(member.staff?.userName).toBe('New Name');
    expect(owner.staff?.userName).not.toBe('New Name');
  });
});

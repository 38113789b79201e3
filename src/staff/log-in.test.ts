import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import {
  PASSWORD,
  account,
  anyRequest,
  nobody,
  signedIn,
  uniqueEmail,
} from '../../test/accounts.ts';
import { auditEntries, staffSessions } from '#db/schema/index.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { system, tenant } from '../tenant.ts';
import { logIn } from './log-in.ts';
import {
  deleteExpiredSessions,
  endMyOtherSessions,
  endMySession,
  listMySessions,
  logOut,
} from './sessions.ts';

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
    await anyRequest(later);
    expect(later.staff?.renewed).toBe(true);
    await anyRequest(at(45));
    await expect(anyRequest(at(80))).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('ends 90 days after the log-in, however often it is used', async () => {
    const { session } = await account();
    const at = (days: number) =>
      signedIn(session, { now: new Date(Date.now() + days * 86_400_000) });
    for (const days of [29, 58, 87]) await anyRequest(at(days));
    const last = at(89);
    await anyRequest(last);
    const left = Date.parse(last.staff?.sessionEndsAt ?? '') - last.now.getTime();
    expect(last.staff?.renewed).toBe(true);
    expect(left / 86_400_000).toBeCloseTo(1, 1);
    expect(await listMySessions(at(89.9))).toHaveLength(1);
    await expect(anyRequest(at(90.1))).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('is not longer for one that was extended before there was a longest time', async () => {
    const { session } = await account();
    const ctx = nobody();
    const ago = new Date(Date.now() - 91 * 86_400_000);
    await system(ctx).batch([
      ctx.db
        .update(staffSessions)
        .set({ createdAt: ago })
        .where(eq(staffSessions.id, session.sessionId)),
    ]);
    await expect(anyRequest(signedIn(session))).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

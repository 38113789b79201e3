import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import type { Id } from '#db/ids.ts';
import { auditEntries, companies, memberships, users } from '#db/schema/index.ts';
import {
  account,
  anyRequest,
  mailedToken,
  nobody,
  PASSWORD,
  signedIn,
  uniqueEmail,
} from '../../test/accounts.ts';
import { as, freshCompany } from '../../test/context.ts';
import { system } from '../tenant.ts';
import { confirmNewEmail, requestEmailChange, verifyEmail } from './change-email.ts';
import { readMyPassword } from './confirm-password.ts';
import { requestPasswordReset, resetPassword } from './reset-password.ts';

async function isVerified(id: Id<'company'>): Promise<boolean | undefined> {
  const { db } = nobody();
  const [[company]] = await system(nobody()).batch([
    db.select({ verified: companies.verified }).from(companies).where(eq(companies.id, id)),
  ]);
  return company?.verified;
}

const DOORS = {
  'the link that was mailed': async ({ email }) => {
    await verifyEmail(nobody(), await mailedToken(email));
  },
  'a new password by mail': async ({ email }) => {
    await requestPasswordReset(nobody(), { email });
    const typed = { newPassword: PASSWORD, repeated: PASSWORD };
    await resetPassword(nobody(), argon2Hasher, await mailedToken(email), typed);
  },
  'a new address': async ({ session }) => {
    const email = uniqueEmail();
    const ctx = signedIn(session);
    const passwordHash = await readMyPassword(ctx, 'own_account:write');
    await requestEmailChange(ctx, { email }, { passwordHash });
    await confirmNewEmail(nobody(), await mailedToken(email));
  },
} satisfies Record<string, (owner: Awaited<ReturnType<typeof account>>) => Promise<void>>;

it.each(Object.entries(DOORS))(
  'is verified when its owner proves a mailbox by %s',
  async (_, door) => {
    const owner = await account();
    const { companyId } = owner.session;
    const before = signedIn(owner.session);
    await anyRequest(before);
    expect(before.staff).toMatchObject({ emailVerified: false, companyVerified: false });
    await door(owner);
    expect(await isVerified(companyId)).toBe(true);
    const { db } = nobody();
    const [log] = await system(nobody()).batch([
      db.select().from(auditEntries).where(eq(auditEntries.companyId, companyId)),
    ]);
    expect(log.filter(({ action }) => action === 'CompanyVerified')).toMatchObject([
      { entityType: 'Company', details: { verified: { from: false, to: true } } },
    ]);
  },
);

it('is not verified by an admin, and stays verified whatever its owner does', async () => {
  const [owner, admin] = [uniqueEmail(), uniqueEmail()];
  const company = await freshCompany({
    verified: false,
    staff: [
      { role: 'OWNER', email: owner, name: 'Ann' },
      { role: 'ADMIN', email: admin, name: 'Bo' },
    ],
  });
  await requestPasswordReset(nobody(), { email: admin });
  const typed = { newPassword: PASSWORD, repeated: PASSWORD };
  const reset = async (email: string) =>
    resetPassword(nobody(), argon2Hasher, await mailedToken(email), typed);
  expect(await reset(admin)).toBe(true);
  expect(await isVerified(company.id)).toBe(false);
  await requestPasswordReset(nobody(), { email: owner });
  expect(await reset(owner)).toBe(true);
  expect(await isVerified(company.id)).toBe(true);
  const { db } = nobody();
  await system(nobody(), 'bulk').batch([
    db.update(users).set({ emailVerified: false }).where(eq(users.email, owner)),
  ]);
  expect(await isVerified(company.id)).toBe(true);
});

it('is verified when a person with a proved mailbox becomes its owner', async () => {
  const [company, other] = await Promise.all([freshCompany({ verified: false }), freshCompany()]);
  const ctx = as(other, 'ADMIN');
  await anyRequest(ctx);
  const { db } = nobody();
  const userId = ctx.staff?.userId ?? 'usr_';
  await system(nobody(), 'bulk').batch([
    db.insert(memberships).values({ companyId: company.id, userId, role: 'OWNER' }),
  ]);
  expect(await isVerified(company.id)).toBe(true);
});

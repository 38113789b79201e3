import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { PASSWORD, account, anyRequest, nobody, signedIn } from '../../test/accounts.ts';
import { newId } from '#db/ids.ts';
import { companies } from '#db/schema/index.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { system } from '../tenant.ts';
import { signUp } from './sign-up.ts';
import { slugFromName } from './slug-from-name.ts';

describe('signing up', () => {
  it('makes company, slug, owner, trial and session', async () => {
    const { email, session } = await account('Café Müller & Söhne');
    const ctx = signedIn(session);
    await anyRequest(ctx);
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
        await anyRequest(ctx);
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

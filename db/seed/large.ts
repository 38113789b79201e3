import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { argon2Hasher } from './argon2-hasher.ts';
import { SCOPES } from '#src/permissions.ts';
import type { Database } from '../client.ts';
import { createCompany, enterCompany, enterSystem } from '../factories.ts';
import { newId } from '../ids.ts';
import { apiKeys, companies, memberships, planUsage, users } from '../schema/index.ts';
import { customerRows, type SeedCustomer } from './customer-rows.ts';
import { signOutStaff } from './seed-context.ts';

export const LARGE_OWNER = 'owner@large.test';
const SLUG = 'large';
const CHUNK = 5000;
const figure = new Intl.NumberFormat('en-US');
const YEARS_5_MS = 5 * 365 * 86_400_000;

const KINDS = [
  'Bistro',
  'Grill',
  'Café',
  'Deli',
  'Bakery',
  'Hotel',
  'Market',
  'Kitchen',
  'Pizzeria',
  'Catering',
];
const FIRST = [
  'Blue',
  'Golden',
  'Old',
  'Green',
  'Royal',
  'Silver',
  'Happy',
  'Little',
  'Grand',
  'Red',
  'Northern',
  'Sunny',
];
const SECOND = [
  'Harbor',
  'Mill',
  'Garden',
  'Lantern',
  'Anchor',
  'Oak',
  'Fox',
  'Bridge',
  'Orchard',
  'Station',
  'Lion',
  'Rose',
  'Pine',
];
const TOWNS = [
  'Portland',
  'Salem',
  'Eugene',
  'Bend',
  'Astoria',
  'Newport',
  'Hillsboro',
  'Tigard',
  'Medford',
  'Ashland',
];

/**
 * A company with `count` customers, for trying how it feels: makes it, fills up one that has fewer (an interrupted
 * start, a greater wish), then gives its owner this log-in.
 * @returns false when there was nothing to add; the log-in is then what it was
 */
export async function seedLarge(
  db: Database,
  count: number,
  login: { password: string; apiKey: string },
  now: Date,
): Promise<boolean> {
  const passwordHash = await argon2Hasher.hash(login.password);
  const company = (await findLarge(db)) ?? (await createLarge(db, passwordHash));
  if (company.customers >= count) return false;
  for (let from = company.customers; from < count; from += CHUNK) {
    const size = Math.min(CHUNK, count - from);
    const chunk = Array.from({ length: size }, (_, n) => customer(from + n, count, now));
    await db.batch([enterCompany(db, company.id), customerRows(db, company.id, chunk).query]);
    if ((from + size) % 50_000 === 0) {
      console.log(`${figure.format(from + size)} of ${figure.format(count)} customers`);
    }
  }
  await db.batch([
    enterSystem(db, 'PasswordChanged'),
    db.update(users).set({ passwordHash }).where(eq(users.id, company.ownerId)),
    enterCompany(db, company.id),
    db
      .insert(apiKeys)
      .values({
        id: newId('apiKey'),
        companyId: company.id,
        createdBy: company.ownerId,
        hash: createHash('sha256').update(login.apiKey).digest('hex'),
        prefix: login.apiKey.slice(0, 12),
        name: 'Large key',
        scopes: [...SCOPES],
      })
      .onConflictDoNothing(),
  ]);
  return true;
}

async function findLarge(db: Database) {
  const [, [found]] = await db.batch([
    enterSystem(db),
    db
      .select({
        id: companies.id,
        ownerId: memberships.userId,
        customers: planUsage.customers,
      })
      .from(companies)
      .innerJoin(planUsage, eq(planUsage.companyId, companies.id))
      .innerJoin(memberships, eq(memberships.companyId, companies.id))
      .where(eq(companies.slug, SLUG))
      .limit(1),
  ]);
  return found;
}

async function createLarge(db: Database, passwordHash: string) {
  const company = await createCompany(db, {
    name: 'Large Wholesale',
    slug: SLUG,
    passwordHash,
    staff: [{ role: 'OWNER', email: LARGE_OWNER, name: 'Lara Large' }],
  });
  const [owner] = company.staff;
  if (!owner) throw new Error('The large company has lost its owner.');
  await signOutStaff(db, company);
  return { id: company.id, ownerId: owner.userId, customers: 0 };
}

/** The n-th of `count`; what it is called and noted repeats, its address does not. */
function customer(n: number, count: number, now: Date): SeedCustomer {
  const pick = (list: string[], step: number) => list[Math.floor(n / step) % list.length] ?? '';
  const name = `${pick(FIRST, 1)} ${pick(SECOND, 7)} ${pick(KINDS, 31)}, ${pick(TOWNS, 101)}`;
  return {
    email: `${pick(SECOND, 3)}.${n}@${pick(KINDS, 5)}-${pick(TOWNS, 11)}.example`
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase(),
    name: n % 17 === 0 ? null : name,
    status: n % 20 === 0 ? 'BLOCKED' : 'ACTIVE',
    notes: n % 4 === 0 ? `Route ${n % 40}, dock ${n % 6}. Call before delivery.` : null,
    creditLimitCents: n % 3 === 0 ? ((n % 50) + 1) * 50_000 : null,
    emailVerified: n % 2 === 0,
    passwordHash: null,
    createdAt: new Date(now.getTime() - YEARS_5_MS * (1 - n / count)),
  };
}

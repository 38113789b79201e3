import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { type Id, newId } from './ids.ts';
import {
  apiKeys,
  companies,
  memberships,
  planUsage,
  staffSessions,
  users,
} from './schema/index.ts';

/**
 * The statement that makes the rest of a batch one of the system's own, for tests and seeds.
 * @param action names the audit entries; `bulk` = none for companies, customers and keys
 */
export function enterSystem(db: Database, action = 'bulk') {
  return enter(db, sql`enter_system('SYSTEM', null, 'Seed', ${action})`);
}

/** The same, inside one company. */
export function enterCompany(db: Database, companyId: Id<'company'>) {
  return enter(db, sql`enter_company(${companyId}, 'SYSTEM', null, 'Seed', 'bulk')`);
}

function enter(db: Database, call: SQL) {
  return db.select({ entered: call.as('entered') }).from(sql`(values (1)) as once`);
}

interface CompanyOptions {
  name?: string;
  slug?: string;
  plan?: 'STARTER' | 'GROWTH' | 'ENTERPRISE';
  /** Unset = no trial. */
  trialEndsAt?: Date;
  /** null = unlimited, as are the next two. */
  maxCustomers?: number | null;
  maxProducts?: number | null;
  /** A month. */
  maxOrders?: number | null;
  /** API requests a minute; unset = the default. */
  apiRateLimit?: number;
  /** Whether the staff have confirmed their addresses, and with them the company (decision 42). */
  verified?: boolean;
  /** Active API keys; unset = the default. */
  maxApiKeys?: number;
  currency?: string;
  timeZone?: string;
  staff?: { role: 'OWNER' | 'ADMIN' | 'MEMBER'; email: string; name: string }[];
  /** Any PHC string. */
  passwordHash?: string;
}

/** A company with one signed-in person of each role, and the batch that writes it. */
export function companyRows(db: Database, options: CompanyOptions = {}) {
  const id = newId('company');
  const handle = options.slug ?? `test-${id.slice(-12)}`;
  const staff = (
    options.staff ??
    (['OWNER', 'ADMIN', 'MEMBER'] as const).map((role) => ({
      role,
      name: `${role[0]}${role.slice(1).toLowerCase()} of ${handle}`,
      email: `${role.toLowerCase()}@${handle}.test`,
    }))
  ).map((person) => ({ ...person, userId: newId('user'), sessionId: newId('session') }));
  const name = options.name ?? `Company ${handle}`;

  const queries = [
    enterSystem(db),
    db.insert(companies).values({
      id,
      name,
      slug: handle,
      plan: options.plan ?? 'ENTERPRISE',
      trialEndsAt: options.trialEndsAt ?? null,
      currency: options.currency ?? 'USD',
      timeZone: options.timeZone ?? 'UTC',
      apiRateLimit: options.apiRateLimit ?? null,
      verified: options.verified ?? true,
      maxApiKeys: options.maxApiKeys ?? null,
    }),
    db.insert(planUsage).values({
      companyId: id,
      maxCustomers: options.maxCustomers ?? null,
      maxProducts: options.maxProducts ?? null,
      maxOrders: options.maxOrders ?? null,
    }),
    db.insert(users).values(
      staff.map(({ userId, email, name: personName }) => ({
        id: userId,
        email,
        name: personName,
        passwordHash: options.passwordHash ?? '',
        emailVerified: options.verified ?? true,
      })),
    ),
    db
      .insert(memberships)
      .values(staff.map(({ userId, role }) => ({ companyId: id, userId, role }))),
    db.insert(staffSessions).values(
      staff.map(({ userId, sessionId }) => ({
        id: sessionId,
        userId,
        companyId: id,
        userAgent: 'Test',
        expiresAt: new Date(Date.now() + 30 * 86_400_000),
      })),
    ),
  ] as const;
  return { company: { id, name, slug: handle, staff }, queries };
}

export type CompanyFixture = ReturnType<typeof companyRows>['company'];

export async function createCompany(
  db: Database,
  options: CompanyOptions = {},
): Promise<CompanyFixture> {
  const { company, queries } = companyRows(db, options);
  await db.batch(queries);
  return company;
}

/** An API key's row; whoever calls knows the key itself and gives its SHA-256 in hex. */
export async function createApiKey(
  db: Database,
  key: {
    companyId: Id<'company'>;
    createdBy: Id<'user'>;
    hash: string;
    prefix: string;
    name: string;
    scopes: string[];
    expiresAt?: Date;
    revokedAt?: Date;
  },
): Promise<Id<'apiKey'>> {
  const id = newId('apiKey');
  await db.batch([enterCompany(db, key.companyId), db.insert(apiKeys).values({ id, ...key })]);
  return id;
}

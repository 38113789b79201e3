import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { connect, type Database } from '../client.ts';
import { enterSystem } from '../factories.ts';
import { connectOwner } from '../local/connect-owner.ts';
import type { SeedSummary } from '../local/ready-message.ts';
import { companies } from '../schema/index.ts';
import { DEMO_API_KEY, DEMO_PASSWORD, seedDemo } from './demo.ts';
import { LARGE_BUYER } from './large-customers.ts';
import { LARGE_OWNER, seedLarge } from './large.ts';

/** The database to fill: as the app reaches it, and as its owner does. */
interface Target {
  appUrl: string;
  ownerUrl: string;
  /** It is the embedded development database, the only one that may have log-ins everybody knows. */
  embedded: boolean;
  /** Where the Worker that is to use it keeps its files; without one, products get no pictures. */
  stateDir?: string;
}

/**
 * Fills a database that does not have it yet; a second call changes nothing.
 * @param kind `demo`, `empty`, `large` or `large:1000000` (customers)
 * @returns what people can log in with, if that is known
 */
export async function seed(target: Target, kind: string): Promise<SeedSummary | null> {
  const db = connect(target.appUrl, 'seed');
  const [name, count = '100000'] = kind.split(':');
  switch (name) {
    case 'demo':
      return demo(db, target);
    case 'large':
      return large(db, target, Number(count));
    default:
      return null;
  }
}

async function demo(
  db: Database,
  { ownerUrl, embedded, stateDir }: Target,
): Promise<SeedSummary | null> {
  if (!embedded) {
    console.log('No demo data: its log-ins are public, so it is for the embedded database only.');
    return null;
  }
  if (!(await hasCompany(db, 'acme'))) {
    await seedDemo(db, stateDir ?? null, new Date());
    await analyze(ownerUrl);
  }
  return {
    accounts: [
      { label: 'owner of Acme Foods', email: 'owner@acme.test', path: '/login' },
      { label: 'admin', email: 'admin@acme.test', path: '/login' },
      { label: 'member', email: 'member@acme.test', path: '/login' },
      { label: 'customer', email: 'buyer@acme.test', path: '/store/acme/login' },
    ],
    password: DEMO_PASSWORD,
    apiKey: DEMO_API_KEY,
  };
}

async function hasCompany(db: Database, slug: string): Promise<boolean> {
  const [, rows] = await db.batch([
    enterSystem(db),
    db.select({ id: companies.id }).from(companies).where(eq(companies.slug, slug)),
  ]);
  return rows.length > 0;
}

async function large(
  db: Database,
  { ownerUrl, embedded }: Target,
  count: number,
): Promise<SeedSummary | null> {
  const login = embedded
    ? { password: DEMO_PASSWORD, apiKey: 'dk_large_wholesale_all_scopes_local_only_0001' }
    : {
        password: randomBytes(9).toString('base64url'),
        apiKey: `dk_${randomBytes(32).toString('base64url')}`,
      };
  if (await seedLarge(db, count, login, new Date())) {
    await analyze(ownerUrl);
  } else if (!embedded) {
    console.log('Large Wholesale is there already; its log-in was shown when it was made.');
    return null;
  }
  return {
    accounts: [
      { label: 'owner of Large Wholesale', email: LARGE_OWNER, path: '/login' },
      { label: 'customer', email: LARGE_BUYER, path: '/store/large/login' },
    ],
    ...login,
  };
}

/** The embedded database never does this by itself. */
async function analyze(ownerUrl: string): Promise<void> {
  const owner = await connectOwner(ownerUrl);
  try {
    await owner.query('analyze');
  } finally {
    await owner.end();
  }
}

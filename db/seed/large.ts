import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { SCOPES } from '#src/permissions.ts';
import type { Database } from '../client.ts';
import { createCompany, enterCompany, enterSystem } from '../factories.ts';
import { type Id, newId } from '../ids.ts';
import {
  apiKeys,
  companies,
  customers,
  memberships,
  orderNumbers,
  planUsage,
  users,
} from '../schema/index.ts';
import { argon2Hasher } from './argon2-hasher.ts';
import { customerRows } from './customer-rows.ts';
import { LARGE_BUYER, largeCustomer } from './large-customers.ts';
import { largeOrderRows, NUMBERS_FROM } from './large-orders.ts';
import { largePriceRows, largeProductRows } from './large-products.ts';
import { signOutStaff } from './seed-context.ts';

export const LARGE_OWNER = 'owner@large.test';
const SLUG = 'large';
const figure = new Intl.NumberFormat('en-US');

/** Rows for each transaction, which take a second or a few, and every how many rows it is said how far it is. */
const CHUNK = 5000;
const ORDERS_CHUNK = 20_000;
const SAID_EVERY = 50_000;

/** How much a company with so many customers has of everything. */
const largeSizes = (customers: number) => ({
  customers,
  products: Math.min(50_000, Math.max(40, Math.floor(customers / 2))),
  /** Customers with prices of their own. */
  priced: Math.min(5000, Math.floor(customers / 20)),
  orders: Math.min(1_000_000, customers * 10),
});

/**
 * A company with `count` customers, and products and orders as `largeSizes` says, for trying how it feels: makes it,
 * fills up one that has less (an interrupted start, a greater wish), then gives its owner and one of its customers this
 * log-in.
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
  const enter = enterCompany(db, company.id);
  const wanted = largeSizes(count);
  if (company.customers >= wanted.customers && company.orders >= wanted.orders) return false;

  await fill('customers', company.customers, wanted.customers, CHUNK, async (from, size) => {
    const rows = Array.from({ length: size }, (_, n) => largeCustomer(from + n, count, now));
    await db.batch([enter, customerRows(db, company.id, rows).query]);
  });
  await fill('products', company.products, wanted.products, CHUNK, async (from, size) => {
    await db.batch([enter, ...largeProductRows(db, company.id, from, size)]);
  });
  await db.batch([enter, ...largePriceRows(db, company.id, wanted.priced)]);
  await fill('orders', company.orders, wanted.orders, ORDERS_CHUNK, async (from, size) => {
    const some = { companyId: company.id, from, size, total: wanted.orders, now };
    await db.batch([enter, ...largeOrderRows(db, some)]);
  });
  await giveLogIn(db, company, passwordHash, login.apiKey);
  return true;
}

async function fill(
  what: string,
  there: number,
  wanted: number,
  chunk: number,
  add: (from: number, size: number) => Promise<void>,
): Promise<void> {
  for (let from = there; from < wanted; from += chunk) {
    const size = Math.min(chunk, wanted - from);
    await add(from, size);
    if (Math.floor((from + size) / SAID_EVERY) > Math.floor(from / SAID_EVERY)) {
      console.log(`${figure.format(from + size)} of ${figure.format(wanted)} ${what}`);
    }
  }
}

async function giveLogIn(
  db: Database,
  company: { id: Id<'company'>; ownerId: Id<'user'> },
  passwordHash: string,
  apiKey: string,
): Promise<void> {
  await db.batch([
    enterSystem(db, 'PasswordChanged'),
    db.update(users).set({ passwordHash }).where(eq(users.id, company.ownerId)),
    enterCompany(db, company.id),
    db
      .update(customers)
      .set({ passwordHash, emailVerified: true })
      .where(and(eq(customers.companyId, company.id), eq(customers.email, LARGE_BUYER))),
    db
      .insert(apiKeys)
      .values({
        id: newId('apiKey'),
        companyId: company.id,
        createdBy: company.ownerId,
        hash: createHash('sha256').update(apiKey).digest('hex'),
        prefix: apiKey.slice(0, 12),
        name: 'Large key',
        scopes: [...SCOPES],
      })
      .onConflictDoNothing(),
  ]);
}

async function findLarge(db: Database) {
  const [, [found]] = await db.batch([
    enterSystem(db),
    db
      .select({
        id: companies.id,
        ownerId: memberships.userId,
        customers: planUsage.customers,
        products: planUsage.products,
      })
      .from(companies)
      .innerJoin(planUsage, eq(planUsage.companyId, companies.id))
      .innerJoin(memberships, eq(memberships.companyId, companies.id))
      .where(eq(companies.slug, SLUG))
      .limit(1),
  ]);
  if (!found) return undefined;
  const [, [numbers]] = await db.batch([
    enterCompany(db, found.id),
    db
      .select({ last: orderNumbers.last })
      .from(orderNumbers)
      .where(eq(orderNumbers.companyId, found.id)),
  ]);
  return { ...found, orders: (numbers?.last ?? NUMBERS_FROM) - NUMBERS_FROM };
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
  return { id: company.id, ownerId: owner.userId, customers: 0, products: 0, orders: 0 };
}

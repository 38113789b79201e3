import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { connect, type Database } from '#db/client.ts';
import { createApiKey, createCompany, enterCompany } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { companies } from '#db/schema/index.ts';
import { type Ctx, type Entry, newCtx } from '#src/context.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { SCOPES } from '#src/permissions.ts';
import { parseKeys } from '#src/lib/tokens.ts';
import { register } from '#src/storefront/register.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { BENCH, createBenchShop } from './bench-shop.ts';

/** A company with customers, one of whom can log in, a signed-in owner, and API keys that may ask as often as `rateLimit` a minute. */
export async function createBenchCompany(
  appUrl: string,
  options: { customers: number; keys: number; rateLimit: number },
) {
  const db = connect(appUrl, 'bench');
  const company = await createCompany(db, {
    passwordHash: await argon2Hasher.hash('bench password'),
  });
  await db.batch([
    enterCompany(db, company.id),
    db
      .update(companies)
      .set({ apiRateLimit: options.rateLimit })
      .where(eq(companies.id, company.id)),
  ]);
  const owner = company.staff.find(({ role }) => role === 'OWNER');
  if (!owner) throw new Error('The company has no owner.');
  const keys = Array.from({ length: options.keys }, (_, n) => `dk_bench_${company.id}_${n}`);
  await inParallel(keys, (key) =>
    createApiKey(db, {
      companyId: company.id,
      createdBy: owner.userId,
      hash: createHash('sha256').update(key).digest('hex'),
      prefix: key.slice(0, 12),
      name: 'Bench',
      scopes: [...SCOPES],
    }),
  );
  const ids: Id<'customer'>[] = [];
  const numbers = Array.from({ length: options.customers }, (_, n) => n);
  await inParallel(numbers, async (n) => {
    const entry = { kind: 'staff' as const, sessionId: owner.sessionId, companyId: company.id };
    const now = new Date(Date.now() - n * 60_000);
    const customer = await createCustomer(context(db, entry, now), {
      email: `buyer${n}@restaurant${n % 97}.example`,
      name: `Restaurant No. ${n}`,
      notes: n % 3 === 0 ? 'Deliver to dock B before eleven, ring twice.' : null,
      creditLimit: n % 2 === 0 ? 5000 : null,
    });
    ids.push(customer.id);
  });
  const buyer = { email: 'buyer@bench.example', password: 'bench password' };
  const store = context(db, { kind: 'store', slug: company.slug }, new Date());
  await register(store, argon2Hasher, { ...buyer, name: 'Buyer' }, BENCH);
  const shop = await createBenchShop(db, company.id, store, { products: 500, customers: 32 });
  return { company, owner, keys, customerIds: ids, buyer, shop };
}

function context(db: Database, entry: Entry, now: Date): Ctx {
  const keys = parseKeys(`bench:${'A'.repeat(43)}`);
  return newCtx({ db, entry, now, requestId: 'bench', origin: '', keys });
}

async function inParallel<T>(items: T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const rest = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}

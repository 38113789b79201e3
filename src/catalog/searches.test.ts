import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '#db/client.ts';
import type { Id } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { type Database, startDatabase } from '#db/local/database.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { DEMO_PASSWORD } from '#db/seed/demo.ts';
import { seed } from '#db/seed/seed.ts';
import { saveNewOrder } from '#src/orders/new-order.ts';
import { OrderDraftForm } from '#src/orders/order-draft.ts';
import { getCustomerPrices } from '#src/prices/price-page.ts';
import { logIn } from '#src/staff/log-in.ts';
import { logInCustomer } from '#src/storefront/log-in.ts';
import type { Entry } from '#src/context.ts';
import { context } from '../../test/context.ts';
import { MORE, TYPED } from '../../test/searches.ts';
import { getProductList, productView } from './product-list.ts';
import { getStoreCatalog } from './store-catalog.ts';
import { storeView } from './store-view.ts';
import { suggestProducts } from './suggest-products.ts';

/** The demo company, on a database of its own: the seed chooses its slug itself. */
let database: Database;
let owner: Client;
let staff: Entry;
let buyer: Entry;
/** Somebody without a price of their own. */
let customer: Id<'customer'>;

beforeAll(async () => {
  database = await startDatabase({});
  await seed(database, 'demo');
  owner = await connectOwner(database.ownerUrl);
  const [other] = await rows<{ id: Id<'customer'> }>(
    `select id from customers c where not exists (select from price_overrides o where o.customer_id = c.id) order by id limit 1`,
  );
  if (!other) throw new Error('The demo company is not there.');
  customer = other.id;
  const password = DEMO_PASSWORD;
  const person = await logIn(
    ctx({ kind: 'nobody' }),
    argon2Hasher,
    { email: 'owner@acme.test', password },
    'Test',
  );
  const shopper = await logInCustomer(
    ctx({ kind: 'store', slug: 'acme' }),
    argon2Hasher,
    { email: 'buyer@acme.test', password },
    'Test',
  );
  if (!person.ok || !shopper.ok) throw new Error('Nobody can log in.');
  staff = { kind: 'staff', ...person.session };
  buyer = { kind: 'customer', sessionId: shopper.sessionId, slug: 'acme' };
});
afterAll(async () => {
  await owner.end();
  await database.close();
});

const ctx = (entry: Entry) => context(entry, { db: connect(database.appUrl, 'test') });
const rows = async <Row extends object>(query: string) => (await owner.query<Row>(query)).rows;

type Found = readonly { sku: string | null }[];

/** The lists that a text is searched in. */
const PLACES: Record<string, (text: string) => Promise<Found>> = {
  catalog: async (q) => (await getStoreCatalog(ctx(buyer), storeView({ q }))).page.rows,
  pad: (q) => suggestProducts(ctx(buyer), q),
  'new order': async (findProduct) =>
    (
      await saveNewOrder(
        ctx(staff),
        OrderDraftForm.parse({ customerId: customer, findProduct }).draft,
      )
    ).foundProducts,
  prices: async (add) => (await getCustomerPrices(ctx(staff), customer, { add })).candidates,
  inventory: async (q) => (await getProductList(ctx(staff), productView({ q }), 25)).page.rows,
};

/** At which place a right product comes, counted from 1; 0 = it is not there. */
async function placesOf([text, ...right]: readonly [string, ...string[]]) {
  const entries = await Promise.all(
    Object.entries(PLACES).map(async ([name, find]) => {
      const found = await find(text);
      return [name, 1 + found.findIndex(({ sku }) => sku !== null && right.includes(sku))] as const;
    }),
  );
  return Object.fromEntries(entries);
}

async function tableOf(searches: typeof TYPED) {
  const table: Record<string, Record<string, number>> = {};
  for (const search of searches) table[search[0]] = await placesOf(search);
  console.table(table);
  const shares = Object.keys(PLACES).map((name) => {
    const places = Object.values(table).map((row) => row[name] ?? 0);
    return places.filter((place) => place === 1 || place === 2).length;
  });
  console.log(`First or second, of ${searches.length}: ${shares.join(', ')}.`);
  return Math.min(...shares);
}

describe('the right product comes first or second, wherever it is looked for', () => {
  it('for at least 20 of the 22 texts that buyers typed', async () => {
    expect(await tableOf(TYPED)).toBeGreaterThanOrEqual(20);
  });

  it('for nineteen of twenty other texts', async () => {
    expect(await tableOf(MORE)).toBeGreaterThanOrEqual(Math.ceil(MORE.length * 0.95));
  });
});

it('takes a product in the order pad only for its name or SKU', async () => {
  const first = async (text: string) => (await suggestProducts(ctx(buyer), text))[0];
  expect(await first('butter')).toMatchObject({ sku: 'DAI-129', byName: true });
  expect(await first('pro143')).toMatchObject({ sku: 'PRO-143', byName: true });
  expect(await first('bunched')).toMatchObject({ sku: 'PRO-115', byName: false, isNear: false });
  expect(await first('spinich')).toMatchObject({ sku: 'PRO-108', byName: false, isNear: true });
  // A part from the middle of a word.
  expect(await first('eggian')).toMatchObject({ sku: 'CHE-115', byName: false });
});

it('shows buyers nothing that is not for sale, and says when nothing has all words', async () => {
  const found = await getStoreCatalog(ctx(buyer), storeView({ q: 'cottage cheese' }));
  expect(found.page.rows.map(({ sku }) => sku)).not.toContain('CHE-164');
  expect(found.isNear).toBe(true);
  const { page } = await getProductList(ctx(staff), productView({ q: 'cottage cheese' }), 25);
  expect(page.rows[0]?.sku).toBe('CHE-164');
});

import { beforeAll, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { getProductList, productView } from '#src/catalog/product-list.ts';
import { getStoreCatalog } from '#src/catalog/store-catalog.ts';
import { storeView } from '#src/catalog/store-view.ts';
import { encodeCursor } from '#src/lib/cursor.ts';
import { as, freshCompany } from '../context.ts';
import { registered, signedIn } from '../storefront.ts';
import { buffers, LOAD_OTHERS, plansOf, scanned } from './plans.ts';

let company: CompanyFixture;
let session: Awaited<ReturnType<typeof registered>>['session'];

beforeAll(async () => {
  company = await freshCompany();
  ({ session } = await registered(company));
  await execute(LOAD_OTHERS, LOAD.replaceAll('{company}', company.id));
}, 200_000);

async function execute(...statements: string[]): Promise<void> {
  const client = await connectOwner(inject('ownerUrl'));
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

type Query = Record<string, string>;
const inventory = (query: Query) => () =>
  getProductList(as(company, 'OWNER'), productView(query), 25);
const catalog = (query: Query) => () =>
  getStoreCatalog(signedIn(company, session), storeView(query));
const cursor = (key: string) => encodeCursor({ sort: 'match', key, id: 'prd_' });

const SEARCHES: Record<string, () => Promise<unknown>> = {
  'a word of every product': catalog({ q: 'product' }),
  'a word of many': catalog({ q: 'tomato' }),
  'a word of one': catalog({ q: 'zucchini' }),
  'two words': catalog({ q: 'smoked salmon' }),
  'in the other order': inventory({ q: 'salmon smoked' }),
  'a wrong letter': catalog({ q: 'zuchini' }),
  'a wrong letter of a word of many': catalog({ q: 'tomatto' }),
  'nothing like it': catalog({ q: 'qqzzxx' }),
  'symbols alone': catalog({ q: '★★★★ 🍎🍎🍎' }),
  'a SKU': catalog({ q: 'abc123' }),
  'the beginning of SKUs': catalog({ q: 'abc-1' }),
  'one letter': catalog({ q: 'q' }),
  'two figures': inventory({ q: '17' }),
  'a word and a figure': inventory({ q: 'tomato 17' }),
  'a word of descriptions': catalog({ q: 'thyme carton' }),
  'what is inactive': inventory({ q: 'product', active: 'false' }),
  'what has run low': inventory({ q: 'tomato', stock: 'low' }),
  'in a category': catalog({ q: 'tomato', category: 'Dairy' }),
  'by price': catalog({ q: 'tomato', sort: 'price' }),
  'a page far behind': catalog({ q: 'tomato', after: cursor('90tomato wild') }),
  'the page before it': catalog({ q: 'tomato', before: cursor('90tomato wild') }),
  'the last page': inventory({ q: 'tomato', after: cursor('91yellow') }),
  'the page before the last': inventory({ q: 'tomato', before: cursor('91yellow') }),
};

/** Each of the 1,000 products that are ranked is looked up by its key, and so is its stock. */
const PAGES = 20_000;

async function costs() {
  const pages: Record<string, number> = {};
  const wrong: string[] = [];
  for (const [name, search] of Object.entries(SEARCHES)) {
    const plans = await plansOf(search);
    pages[name] = buffers(plans);
    wrong.push(...scanned(plans).map((scan) => `${name}: ${scan}`));
    if (pages[name] > PAGES) wrong.push(`${name}: ${pages[name]} pages`);
  }
  return { pages, wrong };
}

it('a search among 50,000 products reads no table from end to end, with statistics or without', async () => {
  // Names are read from their index alone once a vacuum has been over what an import wrote, as autovacuum is.
  await execute('vacuum products');
  const without = await costs();
  await execute('vacuum analyze products');
  const analyzed = await costs();
  const figures = Object.keys(SEARCHES).map((name) => [
    name,
    { pages: without.pages[name], 'pages analyzed': analyzed.pages[name] },
  ]);
  console.table(Object.fromEntries(figures));
  expect([...without.wrong, ...analyzed.wrong]).toEqual([]);
});

/** Names of the trade, every third of them in the plural; one product is called like no other. */
const LOAD = `
  set session_replication_role = replica;
  alter table products set (autovacuum_enabled = false);
  alter table stock_levels set (autovacuum_enabled = false);
  with words as (
    select '{Fresh,Frozen,Organic,Smoked,Dried,Whole,Sliced,Baby,Wild,Aged,Hot,Sweet,Sour,White,Red,Green,Black,Yellow,Large}'::text[] as kinds,
      '{Tomato,Butter,Egg,Eggplant,Sugar,Flour,Rice,Chicken,Beef,Salmon,Cheddar,Mozzarella,Spinach,Onion,Pepper,Olive,Oil,Cola}'::text[] as things,
      '{Produce,Dairy,Meat,Bakery,Seafood,Beverages,Dry goods}'::text[] as categories
  ),
  described as (
    select n,
      case when n = 777 then 'Zucchini' else kinds[n % 19 + 1] || ' ' || things[n / 7 % 18 + 1] end
        || case when n % 3 = 0 then 's' else '' end || ', ' || kinds[n / 11 % 19 + 1] || ' ' || n % 50 || ' lb product' as name,
      (array['ABC-', 'XYZ ', 'Q'])[n % 3 + 1] || n as sku, categories[n % 7 + 1] as category,
      'Packed in a carton with ' || things[n / 13 % 18 + 1] || case when n % 400 = 0 then ' and thyme' else '' end as description
    from generate_series(1, 50000) as n, words
  )
  insert into products (company_id, id, name, sku, description, category, price_cents, active, name_key, search_key)
    select '{company}', 'prd_' || lpad(n::text, 26, '0'), name, sku, description, category, n % 9000 + 100, n % 20 <> 0, lower(name),
      lower(name || chr(10) || sku || chr(10) || category || chr(10) || description)
    from described;
  insert into stock_levels (company_id, product_id, on_hand, times_ordered)
    select company_id, id, price_cents * 7 % 500, price_cents % 977 from products where company_id = '{company}';
  set session_replication_role = origin;`;

import { sql } from 'drizzle-orm';
import { productKeys } from '#src/catalog/keys.ts';
import type { Database } from '../client.ts';
import { type Id, newId } from '../ids.ts';

const MAKERS = [
  'Alder',
  'Birch',
  'Cedar',
  'Delta',
  'Ember',
  'Falcon',
  'Granite',
  'Harvest',
  'Iris',
];
const FORMS = ['Whole', 'Sliced', 'Smoked', 'Organic', 'Frozen', 'Roasted', 'Dried', 'Classic'];
const GOODS = [
  ['Tomatoes', 'Produce'],
  ['Potatoes', 'Produce'],
  ['Salmon', 'Seafood'],
  ['Shrimp', 'Seafood'],
  ['Chicken', 'Meat & Poultry'],
  ['Bacon', 'Meat & Poultry'],
  ['Cheddar', 'Cheese'],
  ['Gouda', 'Cheese'],
  ['Rice', 'Dry Goods'],
  ['Lentils', 'Dry Goods'],
  ['Olives', 'Canned & Preserved'],
  ['Peppers', 'Canned & Preserved'],
  ['Almonds', 'Snacks'],
] as const;
const UNITS = ['case', 'each', 'bag', 'box', 'kg'];

/** Products from the n-th on, with their stock, for a batch: one in forty is out of stock, one in fifty no longer sold. */
export function largeProductRows(
  db: Database,
  companyId: Id<'company'>,
  from: number,
  size: number,
) {
  const rows = Array.from({ length: size }, (_, n) => product(from + n));
  const json = JSON.stringify(rows);
  return [
    db.execute(sql`
      insert into products (id, company_id, name, sku, description, category, unit, price_cents, active, name_key, search_key)
      select id, ${companyId}, name, sku, description, category, unit, "priceCents", active, "nameKey", "searchKey"
      from jsonb_to_recordset(${json}::jsonb) as r (id text, name text, sku text, description text, category text,
        unit text, "priceCents" bigint, active boolean, "nameKey" text, "searchKey" text)`),
    db.execute(sql`
      insert into stock_levels (company_id, product_id, on_hand)
      select ${companyId}, id, stock
      from jsonb_to_recordset(${json}::jsonb) as r (id text, stock bigint)`),
  ];
}

function product(n: number) {
  const pick = <T>(list: readonly T[], step: number): T | undefined =>
    list[Math.floor(n / step) % list.length];
  const [goods, category] = pick(GOODS, 1) ?? GOODS[0];
  const described = {
    name: `${pick(MAKERS, 104) ?? ''} ${pick(FORMS, 13) ?? ''} ${goods} No. ${n + 1}`,
    sku: `L-${String(n + 1).padStart(6, '0')}`,
    description: `Lot ${n % 97}, ${(n % 12) + 1} to a case.`,
    category,
  };
  return {
    id: newId('product'),
    ...described,
    ...productKeys(described),
    unit: pick(UNITS, 3) ?? 'each',
    priceCents: 195 + ((n * 7919) % 12_000),
    active: n % 50 !== 49,
    stock: n % 40 === 7 ? 0 : (n * 31) % 700,
  };
}

/** Ten prices of their own for each of so many customers, for a batch; those who have them keep them. */
export function largePriceRows(db: Database, companyId: Id<'company'>, customers: number) {
  return [
    // Nobody has counted the tables for the planner yet.
    db.execute(sql`select set_config('enable_nestloop', 'off', true)`),
    db.execute(sql`
      with goods as materialized (
        select id, price_cents, row_number() over (order by sku) - 1 as n
        from products where company_id = ${companyId}
      ),
      wanted as materialized (
        select c.id, (c.n * 37 + k * 101) % (select count(*) from goods) as product
        from (
          select id, row_number() over (order by created_at, id) as n
          from customers where company_id = ${companyId}
          order by created_at, id limit ${customers}
        ) c
        cross join generate_series(0, 9) as k
      )
      insert into price_overrides (company_id, customer_id, product_id, price_cents)
      select ${companyId}, wanted.id, goods.id, goods.price_cents * 9 / 10
      from wanted
      join goods on goods.n = wanted.product
      on conflict do nothing`),
  ];
}

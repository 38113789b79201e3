import { describe, expect, inject, it } from 'vitest';
import { connect } from '#db/client.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { startDatabase } from '#db/local/database.ts';
import { analyzeFilled } from '#src/imports/analyze-filled.ts';
import { context } from '../context.ts';
import { everyPage } from './every-page.ts';
import { type ImportedShop, importedShop } from './imported-shop.ts';
import { buffers, type Explainer, explainer, plansOf, rows, scanned } from './plans.ts';

/** Fewer than people import (`PROVE` = as many), but enough for wrong plans to cost tens of times as much. */
const PRODUCTS = process.env['PROVE'] ? 15_000 : 1500;

/** What the imports and their history fill; other tables are as quickly read from end to end. */
const FILLED =
  /^(products|stock_levels|customers|orders|order_lines|customer_totals|audit_entries|events) /;

interface Database {
  appUrl: string;
  ownerUrl: string;
}

describe('every page of a company that was just filled by imports takes no more than once it is analyzed', () => {
  it('on a PostgreSQL without statistics', async () => {
    const database = { appUrl: inject('databaseUrl'), ownerUrl: inject('ownerUrl') };
    await execute(database, LEAVE_UNANALYZED);
    await compare(database, await explainer());
  });

  it('on the embedded database, which has one session, and in it the plans of when there was little', async () => {
    const database = await startDatabase({});
    await compare(database, await explainer(database));
    await database.close();
  });
});

async function compare(database: Database, session: Explainer): Promise<void> {
  const shop = await importedShop(database);
  await shop.fill(0, 9);
  for (const work of Object.values(everyPage(shop))) await work();
  await shop.fill(9, PRODUCTS);
  const found = await costs(shop, session);
  await analyzeFilled(context({ kind: 'nobody' }, { db: connect(database.appUrl, 'test') }));
  const counted = `select reltuples::int as n from pg_class where oid = 'products'::regclass`;
  expect((await execute(database, counted)).rows).toEqual([{ n: PRODUCTS }]);
  await execute(database, 'analyze');
  const analyzed = await costs(shop, session);
  await session.client.end();

  const figures: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, cost] of found) {
    const least = analyzed.get(name) ?? cost;
    figures[name] = { ...cost, 'pages analyzed': least.pages, 'rows analyzed': least.rows };
    const isMore = cost.pages > 3 * least.pages + 100 || cost.rows > 3 * least.rows + 500;
    if (isMore || cost.scans.length > 0) wrong.push(name);
  }
  console.table(figures);
  expect(wrong).toEqual([]);
}

async function costs(shop: ImportedShop, session: Explainer) {
  const found = new Map<string, { pages: number; rows: number; scans: string[] }>();
  for (const [name, work] of Object.entries(everyPage(shop))) {
    const plans = await plansOf(work, session);
    const scans = scanned(plans).filter((table) => FILLED.test(table));
    found.set(name, { pages: buffers(plans), rows: rows(plans), scans });
  }
  return found;
}

async function execute({ ownerUrl }: Database, statement: string) {
  const client = await connectOwner(ownerUrl);
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

const LEAVE_UNANALYZED = `
  do $$
  declare
    t regclass;
  begin
    for t in select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
      execute format('alter table %s set (autovacuum_enabled = false)', t);
    end loop;
  end
  $$`;

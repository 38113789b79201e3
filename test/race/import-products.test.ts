import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { applyImport } from '#src/imports/apply-import.ts';
import { failImport } from '#src/imports/fail-import.ts';
import { productImport } from '#src/imports/product-import.ts';
import { getImport } from '#src/imports/queries.ts';
import { startImport } from '#src/imports/start-import.ts';
import { undoImport } from '#src/imports/undo-import.ts';
import { AppError } from '#src/lib/errors.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { as, freshCompany } from '../context.ts';
import { MemoryStore, auditOf, job, productsOf, stage } from '../imports.ts';
import { setFaults } from '../faults.ts';

const ROWS = 5_000;

let company: CompanyFixture;
let store: MemoryStore;
const owner = () => as(company, 'OWNER');

beforeEach(async () => {
  company = await freshCompany();
  store = new MemoryStore();
});

afterEach(() => setFaults({}));

function csv(rows: number, stock: number, first = 0, backwards = false): string {
  const lines = Array.from(
    { length: rows },
    (_, index) => `SKU-${first + index},Product ${first + index},1.50,${stock}`,
  );
  return ['sku,name,price,stock', ...(backwards ? lines.toReversed() : lines)].join('\n');
}

async function started(text: string): Promise<Id<'import'>> {
  const id = await stage(owner(), store, text, productImport);
  await startImport(owner(), productImport, id, {});
  return id;
}

const apply = (id: Id<'import'>) => applyImport(job(company), productImport, store, id);
const undo = (id: Id<'import'>) => undoImport(owner(), productImport, id);
const recordOf = async (id: Id<'import'>) => (await getImport(owner(), productImport, id)).record;

async function entriesOf(action: string) {
  return (await auditOf(owner())).filter((entry) => entry.action === action);
}

/** The queue's part: the message comes again until its job ends, as often as it may, and then to the dead letters. */
async function deliver(id: Id<'import'>, attempts = 5): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one delivery after the other
      await apply(id);
      return;
    } catch {
      // Lost on the way: the queue delivers it again.
    }
  }
  await setFaults({});
  await failImport(job(company), productImport, id, 'Start it again.');
}

/** Products whose stock is not what their movements add up to. */
async function unledgered(): Promise<number> {
  const client = await connectOwner(inject('ownerUrl'));
  try {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from stock_levels s where company_id = $1 and on_hand <> (
         select coalesce(sum(delta), 0) from stock_movements m
         where m.company_id = s.company_id and m.product_id = s.product_id)`,
      [company.id],
    );
    return rows[0]?.n ?? Number.NaN;
  } finally {
    await client.end();
  }
}

describe('one import of products', () => {
  it('is applied once, however many copies of its message run at once', async () => {
    const id = await started(csv(ROWS, 3));
    await Promise.all(Array.from({ length: 4 }, () => apply(id)));
    expect(await recordOf(id)).toMatchObject({ state: 'done', created: ROWS, updated: 0 });
    const products = await productsOf(owner());
    expect(products).toHaveLength(ROWS);
    expect(products.every(({ version, stock }) => version === 1 && stock === 3)).toBe(true);
    expect(await entriesOf('ProductBulkImported')).toHaveLength(1);
    expect(await unledgered()).toBe(0);
  });

  it('writes 5,000 rows in one round trip, as new ones and as changed ones', async () => {
    for (const stock of [1, 2]) {
      // oxlint-disable-next-line no-await-in-loop -- the second changes what the first created
      const id = await started(csv(ROWS, stock));
      const ctx = job(company);
      // oxlint-disable-next-line no-await-in-loop
      await applyImport(ctx, productImport, store, id);
      // oxlint-disable-next-line no-await-in-loop
      const stats = await fetch(`${inject('endpointUrl')}/stats/${ctx.requestId}`);
      // To begin, to look everything up, and to write it.
      // oxlint-disable-next-line no-await-in-loop
      expect(await stats.json()).toMatchObject({ roundTrips: 3 });
      // oxlint-disable-next-line no-await-in-loop
      expect(await recordOf(id)).toMatchObject({ [stock === 1 ? 'created' : 'updated']: ROWS });
    }
    expect(await unledgered()).toBe(0);
  });

  it('is undone once by many presses at once', async () => {
    await deliver(await started(csv(250, 1)));
    const id = await started(csv(500, 4));
    await deliver(id);
    await Promise.all(Array.from({ length: 4 }, () => undo(id)));
    expect(await recordOf(id)).toMatchObject({ undo: { removed: 250, restored: 250, kept: 0 } });
    const products = await productsOf(owner());
    expect(products).toHaveLength(250);
    expect(products.every(({ stock }) => stock === 1)).toBe(true);
    expect(await entriesOf('ProductBulkImportUndone')).toHaveLength(1);
    expect(await unledgered()).toBe(0);
  });
});

describe('at the same time', () => {
  it('imports happen whole, whatever order their rows are in', async () => {
    const ids = await Promise.all([
      started(csv(ROWS, 1)),
      started(csv(ROWS, 2, ROWS / 2, true)),
      started(csv(ROWS, 3, ROWS / 4)),
    ]);
    await Promise.all(ids.map(apply));
    const records = await Promise.all(ids.map(recordOf));
    for (const { state, created, updated, unchanged } of records) {
      expect(state).toBe('done');
      expect((created ?? 0) + (updated ?? 0) + (unchanged ?? 0)).toBe(ROWS);
    }
    const products = await productsOf(owner());
    expect(products).toHaveLength(ROWS * 1.5);
    // Whoever came last has all of its rows.
    const having = (n: number) => products.filter(({ stock }) => stock === n).length;
    expect([having(1), having(2), having(3)]).toContain(ROWS);
    expect(await unledgered()).toBe(0);
  });

  it('imports, their undoing, orders and edits neither wait for each other forever nor lose stock', async () => {
    const first = await started(csv(300, 50));
    await deliver(first);
    const second = await started(csv(300, 80, 100, true));
    const products = await productsOf(owner());
    const orders = Array.from({ length: 30 }, (_, n) => {
      // Each has products of both imports, in an order of its own.
      const lines = [n, n + 100, n + 200].map((index) => ({
        productId: products[(index * 7) % 300]?.id ?? '',
        quantity: 2,
      }));
      return placeOrder(owner(), { id: newId('order'), lines });
    });
    const edits = products.slice(0, 30).map(({ id }, n) =>
      // One that is removed meanwhile is not there to be edited.
      updateProduct(owner(), id, { name: `Edited ${n}`, stock: 60 + n }, {}).catch((error) => {
        if (!(error instanceof AppError && error.code === 'not_found')) throw error;
      }),
    );
    await Promise.all([deliver(second), undo(first), ...orders, ...edits]);
    expect(await recordOf(second)).toMatchObject({ state: 'done' });
    const { undo: undone } = await recordOf(first);
    expect((undone?.removed ?? 0) + (undone?.kept ?? 0)).toBe(300);
    expect(await unledgered()).toBe(0);
    // Whatever became of each, it has an answer: nothing was given up as a deadlock.
    expect(await Promise.all(orders)).toHaveLength(30);
  });

  it('share the last places of a plan: one happens whole, the other not at all', async () => {
    company = await freshCompany({ maxProducts: 150 });
    const ids = await Promise.all([started(csv(100, 1)), started(csv(100, 1, 1000))]);
    await Promise.all(ids.map(apply));
    const states = (await Promise.all(ids.map(recordOf))).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['done', 'failed']);
    expect(await productsOf(owner())).toHaveLength(100);
  });
});

describe('a job that is killed', () => {
  it.each([
    ['before it runs', { match: 'apply_product_import', errorNext: 3 }],
    ['after it has committed', { match: 'apply_product_import', dropNext: 2 }],
    ['while it looks up', { match: 'any(', errorNext: 1, dropNext: 1 }],
    ['now and then', { match: '', errorRate: 0.3, dropAfterCommitRate: 0.3 }],
  ])('%s: all of the file, once', async (_, faults) => {
    const id = await started(csv(1000, 7));
    await setFaults(faults);
    await deliver(id, 50);
    await setFaults({});
    expect(await recordOf(id)).toMatchObject({ state: 'done', created: 1000, updated: 0 });
    await deliver(id);
    expect(await entriesOf('ProductBulkImported')).toHaveLength(1);
    expect(await unledgered()).toBe(0);
  });

  it('for good: nothing of the file, and it can be started again', async () => {
    const id = await started(csv(1000, 7));
    await setFaults({ match: 'apply_product_import', errorRate: 1 });
    await deliver(id);
    expect(await recordOf(id)).toMatchObject({ state: 'failed', failure: 'Start it again.' });
    expect(await productsOf(owner())).toEqual([]);
    expect(await startImport(owner(), productImport, id, {})).toEqual({ started: true });
    await deliver(id);
    expect(await recordOf(id)).toMatchObject({ state: 'done', created: 1000 });
  });
});

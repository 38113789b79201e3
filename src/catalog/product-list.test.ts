import { describe, expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { createProduct } from './create-product.ts';
import { getProductList, productView } from './product-list.ts';
import { listProducts } from './queries.ts';
import { PRODUCT_SORTS } from './schema.ts';

const FIRST = { sort: 'name', descending: false, backwards: false } as const;

describe('the list an address asks for', () => {
  it('is by name from A when it says nothing, or nothing sensible', () => {
    expect(productView({})).toEqual({ ...FIRST });
    const nonsense = {
      q: ' ',
      category: '',
      active: 'yes',
      stock: 'none',
      sort: '-__proto__',
      after: 'x',
      before: '',
    };
    expect(productView(nonsense)).toEqual({ ...FIRST });
  });

  it('takes filters and an order', () => {
    const query = { q: ' Flour ', category: 'Dry', active: 'false', stock: 'low', sort: '-price' };
    expect(productView(query)).toEqual({
      search: 'Flour',
      category: 'Dry',
      active: false,
      low: true,
      sort: 'price',
      descending: true,
      backwards: false,
    });
    expect(productView({ active: 'true' }).active).toBe(true);
  });

  it('takes a cursor of its own order only, and none that Postgres could not read', async () => {
    const ctx = as(await freshCompany(), 'MEMBER');
    await createProduct(ctx, { name: 'A', price: 1, stock: 1 });
    const { page } = await getProductList(ctx, productView({ sort: 'stock' }), 1);
    const before = page.first ?? '';
    expect(productView({ sort: '-stock', before })).toMatchObject({
      cursor: before,
      backwards: true,
    });
    expect(productView({ sort: 'price', before }).cursor).toBeUndefined();
    for (const [sort, key] of [
      ['price', 'x'],
      ['price', '99999999999999999999'],
      ['stock', '-1'],
      ['created', '2026-02-30T00:00:00.000Z'],
      ['name', '\0'],
    ]) {
      const after = btoa(JSON.stringify([sort, key, 'prd_x']));
      expect(productView({ sort, after }).cursor, key).toBeUndefined();
      const input = { limit: 1, sort: sort as 'price', descending: false, cursor: after };
      await expect(listProducts(ctx, input)).rejects.toMatchObject({ message: 'Invalid cursor.' });
    }
  });
});

describe('the list', () => {
  async function sevenProducts() {
    const ctx = as(await freshCompany(), 'OWNER', { now: new Date('2026-01-01T00:00:00Z') });
    for (let n = 0; n < 7; n += 1) {
      await createProduct(ctx, {
        name: n % 2 ? 'Same' : `Flour ${n}`,
        sku: `F-${n}`,
        category: n % 3 ? 'Dry' : 'Wet',
        price: n % 2,
        stock: n,
        isActive: n !== 6,
        lowStockThreshold: n === 4 ? 3 : null,
      });
    }
    return ctx;
  }

  it('pages without skipping or repeating, in every order, forwards and back', async () => {
    const ctx = await sevenProducts();
    for (const sort of PRODUCT_SORTS) {
      for (const sign of ['', '-']) {
        for (const q of ['', 'f-', 'f']) {
          const query = { sort: sign + sort, q };
          const page = async (more: object) =>
            (await getProductList(ctx, productView({ ...query, ...more }), 3)).page;
          const one = await page({});
          const two = await page({ after: one.last ?? '' });
          const three = await page({ after: two.last ?? '' });
          const rows = [...one.rows, ...two.rows, ...three.rows];
          expect(new Set(rows.map(({ id }) => id)).size).toBe(7);
          expect([one.hasMore, two.hasMore, three.hasMore]).toEqual([true, true, false]);
          if (sort === 'stock') {
            const upwards = [0, 1, 2, 3, 4, 5, 6];
            const wanted = sign === '' ? upwards : upwards.toReversed();
            expect(rows.map(({ stock }) => stock)).toEqual(wanted);
          }
          expect((await page({ before: three.first ?? '' })).rows).toEqual(two.rows);
        }
      }
    }
  });

  it('is filtered, and says how many there are and which categories', async () => {
    const ctx = await sevenProducts();
    const found = async (query: Record<string, string>) => {
      const { page, total, categories } = await getProductList(ctx, productView(query), 25);
      expect({ total, categories }).toEqual({ total: 7, categories: ['Dry', 'Wet'] });
      return page.rows.map(({ stock }) => stock).toSorted((a, b) => a - b);
    };
    expect(await found({ category: 'Wet' })).toEqual([0, 3, 6]);
    expect(await found({ category: 'wet' })).toEqual([]);
    expect(await found({ active: 'false' })).toEqual([6]);
    expect(await found({ stock: 'low' })).toEqual([0, 1, 2, 3, 5]);
    expect(await found({ q: 'SAME', category: 'Dry', stock: 'low' })).toEqual([1, 5]);
    expect(await found({ q: 'f_1' })).toEqual([1]);
    expect(await found({ q: 'f_1 x' })).toEqual([]);
  });

  it('finds nothing by a text that cannot be stored', async () => {
    const ctx = await sevenProducts();
    for (const query of [{ q: 'a\0' }, { category: '\ud800' }]) {
      const { page, total } = await getProductList(ctx, productView(query), 25);
      expect(page).toEqual({ rows: [], hasMore: false, first: null, last: null });
      expect(total).toBe(7);
    }
  });
});

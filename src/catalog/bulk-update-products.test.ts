import { describe, expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { newId } from '#db/ids.ts';
import { auditEntries } from '#db/schema/index.ts';
import { tenant } from '../tenant.ts';
import { BulkForm } from './bulk-form.ts';
import { bulkUpdateProducts } from './bulk-update-products.ts';
import { listProducts } from './queries.ts';

async function threeProducts() {
  const company = await freshCompany();
  const ids = await productsFor(company, [
    { name: 'A', stock: 5, category: 'Dry' },
    { name: 'B', stock: 2, active: false },
    { name: 'C', stock: 0 },
  ]);
  const ctx = as(company, 'MEMBER');
  const now = async () => {
    const { rows } = await listProducts(ctx, { limit: 9, sort: 'name', descending: false });
    return rows.map(({ stock, active, category }) => ({ stock, active, category }));
  };
  return { ctx, ids, now };
}

describe('many products at once', () => {
  it('are activated, deactivated and moved to a category', async () => {
    const { ctx, ids, now } = await threeProducts();
    expect(await bulkUpdateProducts(ctx, ids, { active: true })).toEqual({
      ok: true,
      found: 3,
      changed: 1,
    });
    await bulkUpdateProducts(ctx, ids.slice(0, 2), { active: false });
    const moved = await bulkUpdateProducts(ctx, ids, { category: 'Dry' });
    expect(moved).toMatchObject({ found: 3, changed: 2 });
    expect(await now()).toEqual([
      { stock: 5, active: false, category: 'Dry' },
      { stock: 2, active: false, category: 'Dry' },
      { stock: 0, active: true, category: 'Dry' },
    ]);
    const found = await listProducts(ctx, {
      limit: 9,
      sort: 'name',
      descending: false,
      search: 'dry',
    });
    expect(found.rows).toHaveLength(3);
    await bulkUpdateProducts(ctx, ids, { category: null });
    expect((await now()).map(({ category }) => category)).toEqual([null, null, null]);
  });

  it('have their stock raised, lowered and counted, each with an entry in the log', async () => {
    const { ctx, ids, now } = await threeProducts();
    await bulkUpdateProducts(ctx, ids, { by: 10 });
    await bulkUpdateProducts(ctx, ids, { by: -10 });
    expect(await now()).toMatchObject([{ stock: 5 }, { stock: 2 }, { stock: 0 }]);
    expect(await bulkUpdateProducts(ctx, ids, { to: 2 })).toMatchObject({ found: 3, changed: 2 });
    expect(await now()).toMatchObject([{ stock: 2 }, { stock: 2 }, { stock: 2 }]);
    const [entries] = await tenant(ctx, 'products:read').batch([
      ctx.db.select().from(auditEntries),
    ]);
    expect(entries.filter(({ action }) => action === 'ProductUpdated')).toHaveLength(8);
  });

  it('are left alone, all of them, when one has too little', async () => {
    const { ctx, ids, now } = await threeProducts();
    expect(await bulkUpdateProducts(ctx, ids, { by: -3 })).toEqual({
      ok: false,
      reason: 'out_of_range',
      products: [
        { name: 'B', stock: 2 },
        { name: 'C', stock: 0 },
      ],
    });
    expect(await bulkUpdateProducts(ctx, ids, { by: 999_999_997 })).toMatchObject({
      ok: false,
      products: [{ name: 'A' }],
    });
    expect(await now()).toMatchObject([{ stock: 5 }, { stock: 2 }, { stock: 0 }]);
    expect(await bulkUpdateProducts(ctx, ids.slice(0, 2), { by: -2 })).toMatchObject({ ok: true });
  });

  it('that are gone or another company has do not count', async () => {
    const [mine, other] = [await threeProducts(), await threeProducts()];
    const ids = [...mine.ids, ...other.ids, newId('product')];
    for (const change of [{ by: 1 }, { active: false }]) {
      const result = await bulkUpdateProducts(mine.ctx, ids, change);
      expect(result).toMatchObject({ ok: true, found: 3 });
    }
    expect(await other.now()).toMatchObject([
      { stock: 5, active: true },
      { stock: 2, active: false },
      { stock: 0, active: true },
    ]);
  });

  it('never fall below nothing, however many take at once', async () => {
    const { ctx, ids, now } = await threeProducts();
    const taken = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        bulkUpdateProducts(ctx, n % 2 ? ids.slice(0, 2) : ids.slice(0, 2).reverse(), { by: -1 }),
      ),
    );
    expect(taken.filter(({ ok }) => ok)).toHaveLength(2);
    expect(await now()).toMatchObject([{ stock: 3 }, { stock: 0 }, { stock: 0 }]);
  });
});

describe('the bulk form', () => {
  const [one, two] = [newId('product'), newId('product')];
  const problemsOf = (form: object) =>
    BulkForm.safeParse(form).error?.issues.map(({ path, message }) => [path[0], message]);

  it('is read whatever a browser sends', () => {
    expect(BulkForm.parse({ ids: one, action: 'activate' })).toMatchObject({
      ids: [one],
      change: { active: true },
    });
    expect(BulkForm.parse({ ids: [one, two, one], action: 'take', value: ' 3 ' })).toMatchObject({
      ids: [one, two],
      change: { by: -3 },
    });
    expect(BulkForm.parse({ ids: one, action: 'count', value: '0' }).change).toEqual({ to: 0 });
    expect(BulkForm.parse({ ids: one, action: 'category', value: ' ' }).change).toEqual({
      category: null,
    });
  });

  it('says what is wrong', () => {
    expect(problemsOf({ action: 'activate' })).toEqual([['ids', 'Select at least one product.']]);
    expect(problemsOf({ ids: 'nonsense', action: 'activate' })).toEqual([
      ['ids', 'Select at least one product.'],
    ]);
    const many = Array.from({ length: 101 }, () => newId('product'));
    expect(problemsOf({ ids: many, action: 'x' })).toEqual([
      ['ids', 'Select at most 100 products.'],
      ['action', 'Choose an action.'],
    ]);
    for (const value of ['', '-1', '1.5', '1e3', 'many', '1000000001']) {
      expect(problemsOf({ ids: one, action: 'add', value })).toEqual([
        ['value', expect.stringMatching(/^Number of units (is required|must be a whole number)/)],
      ]);
    }
    expect(problemsOf({ ids: one, action: 'category', value: 'c'.repeat(101) })).toEqual([
      ['value', 'Category must be at most 100 characters.'],
    ]);
    expect(problemsOf({ ids: one, action: 'category', value: '\0' })).toEqual([
      ['value', 'Text contains characters that cannot be stored.'],
    ]);
  });
});

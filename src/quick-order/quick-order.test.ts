import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { registered, signedIn } from '../../test/storefront.ts';
import { addToCart } from '../cart/add-to-cart.ts';
import type { CartUnits } from '../cart/cart-units.ts';
import { setCartLine } from '../../test/set-cart-line.ts';
import type { WantedRow } from './judge-rows.ts';
import { readRows } from './read-rows.ts';
import { resolveRows } from './resolve-rows.ts';

async function shop() {
  const company = await freshCompany();
  const [flour, , cheese] = await productsFor(company, [
    { name: 'Bread flour', sku: 'F-1', stock: 10 },
    { name: 'Brown rice', sku: 'Rice 25', stock: 5 },
    { name: 'Old cheese', sku: 'CH-9', active: false },
    { name: 'Olive oil', sku: 'OIL', stock: 100_000 },
    { name: 'Peeled tomatoes', stock: 0 },
    { name: 'Crushed tomatoes', stock: 9 },
  ]);
  const { session } = await registered(company);
  const me = () => signedIn(company, session);
  const look = async (text: string, seen?: CartUnits) =>
    resolveRows(
      me(),
      readRows(text).rows.map((row) => ({ ...row, product: null })),
      seen,
    );
  return { me, look, flour, cheese };
}

describe('looking rows up', () => {
  it('finds them by SKU, in other letters, by name and by words, and says what is nearest', async () => {
    const { look } = await shop();
    const { rows } = await look(
      'F-1\t2\nf-1\tx\nrice 25\nbread FLOUR 3\noil 4\nolive\nch-9\ntomatoes 2\nbred flower\nzzzzzz',
    );
    expect(rows.map(({ state, match, units }) => [state, match?.name, units])).toEqual([
      ['ok', 'Bread flour', 2],
      ['quantity', 'Bread flour', null],
      ['ok', 'Brown rice', 1],
      ['ok', 'Bread flour', 3],
      ['ok', 'Olive oil', 4],
      ['ok', 'Olive oil', 1],
      ['inactive', 'Old cheese', 1],
      ['unknown', undefined, 2],
      ['unknown', undefined, 1],
      ['unknown', undefined, 1],
    ]);
    expect(rows[7]?.nearest.map(({ name }) => name).toSorted()).toEqual([
      'Crushed tomatoes',
      'Peeled tomatoes',
    ]);
    expect(rows[8]?.nearest[0]?.name).toBe('Bread flour');
    expect(rows[9]?.nearest).toEqual([]);
  });

  it('shares what there is between the cart and the rows, in order', async () => {
    const { look, me, flour } = await shop();
    await setCartLine(me(), flour ?? 'prd_', { quantity: '3' });
    const { rows } = await look('F-1 5\nF-1 4\nF-1 2\nF-1 2.5\npeeled tomatoes\noil 99999\noil 1');
    expect(rows.map(({ state, left }) => [state, left])).toEqual([
      ['ok', null],
      ['short', 2],
      ['ok', null],
      ['quantity', null],
      ['short', 0],
      ['ok', null],
      ['quantity', null],
    ]);
  });

  it('takes units only of the product, and figures with separators of thousands', async () => {
    const company = await freshCompany();
    await productsFor(company, [
      { name: 'Beef', sku: 'BEEF', unit: 'lb', stock: 5_000 },
      { name: 'Pans', sku: 'PANS', unit: 'stack', stock: 5_000 },
      { name: 'Milk', sku: 'MILK', unit: 'case', stock: 5_000 },
    ]);
    const { session } = await registered(company);
    const me = () => signedIn(company, session);
    const quantities = ['10 lb', '10 lbs', '2 stacks', '2 cases', '1,200', '1 200', '3.0'];
    const states = async (text: string) => {
      const { rows } = await resolveRows(
        me(),
        readRows(text).rows.map((row) => ({ ...row, product: null })),
      );
      return rows.map(({ state, quantity }) => `${state} ${quantity}`);
    };
    const rows = (sku: string) => quantities.map((quantity) => `${sku};${quantity}`).join('\n');
    expect(await states(rows('BEEF'))).toEqual([
      'ok 10',
      'ok 10',
      'quantity 2 stacks',
      'ok 2',
      'ok 1200',
      'ok 1200',
      'ok 3',
    ]);
    expect(await states(rows('PANS'))).toEqual([
      'quantity 10 lb',
      'quantity 10 lbs',
      'ok 2',
      'ok 2',
      'ok 1200',
      'ok 1200',
      'ok 3',
    ]);
    expect(await states('MILK;1.200\nMILK;1,5\nMILK;2.5\nMILK;1.000')).toEqual([
      'quantity 1.200',
      'quantity 1,5',
      'quantity 2.5',
      'quantity 1.000',
    ]);
  });

  it('takes a chosen product, and refuses more rows than it can look up', async () => {
    const { me, flour } = await shop();
    const row: WantedRow = {
      row: 1,
      text: 'whatever',
      quantity: '2',
      whole: null,
      product: flour ?? null,
    };
    const { rows } = await resolveRows(me(), [row]);
    expect(rows).toMatchObject([{ state: 'ok', product: flour }]);
    await expect(
      resolveRows(
        me(),
        Array.from({ length: 1001 }, () => row),
      ),
    ).rejects.toThrow('At most 1,000 rows at once, and these are 1,001. Split them.');
  });

  it('judges rows that are sent a second time as it did the first time, and others by the cart as it is', async () => {
    const { look, me, flour } = await shop();
    const states = async (text: string, seen?: CartUnits) =>
      (await look(text, seen)).rows.map(({ state }) => state);
    const send = async (text: string, seen: CartUnits) => {
      const { rows, cart } = await look(text, seen);
      const fine = rows.filter(({ state }) => state === 'ok');
      return addToCart(
        me(),
        fine.map(({ match, units }) => ({
          productId: match?.id,
          quantity: units,
          seen: match ? cart.get(match.id) : undefined,
        })),
      );
    };
    await setCartLine(me(), flour ?? 'prd_', { quantity: '1' });
    const { cart: seen } = await look('F-1');
    const text = 'F-1 4\nF-1 6\nF-1 3\nOIL 7';
    const once = await send(text, seen);
    expect([...once.values()]).toEqual([8, 7]);
    expect(await states(text, seen)).toEqual(['ok', 'short', 'ok', 'ok']);
    expect(await states(text)).toEqual(['short', 'short', 'short', 'ok']);
    expect(await send(text, seen)).toEqual(once);
    expect([...(await send('F-1 2\nOIL 7', once)).values()]).toEqual([10, 14]);
    // Something else has changed the cart since.
    expect(await states('F-1 3', seen)).toEqual(['short']);
  });

  it('answers a thousand dirty rows with a thousand states, and adds just those that are fine', async () => {
    const { look, me } = await shop();
    const item = fc.constantFrom(
      'F-1',
      'f-1',
      'Rice 25',
      'CH-9',
      'OIL',
      'nothing like it',
      '💣',
      "'; --",
    );
    const quantity = fc.constantFrom('1', '2', '1.000,5', '2.5', '', '0', '100000', '-1', 'x');
    const form = fc.constantFrom(
      (a: string, n: string) => `${a}\t${n}`,
      (a: string, n: string) => `${n} x ${a}`,
      (a: string, n: string) => `"${a}";${n}`,
      (a: string, n: string) => `\uFEFF${a}, ${n}`,
      (a: string) => `  ${a}  `,
    );
    const line = fc.tuple(item, quantity, form).map(([a, n, write]) => write(a, n));
    const dirty = fc.array(line, { minLength: 1000, maxLength: 1000 });
    const [lines = []] = fc.sample(dirty, { numRuns: 1, seed: 7 });
    const { rows } = await look(lines.join('\n\n'));
    expect(rows).toHaveLength(1000);
    expect(rows.map(({ row }) => row)).toEqual(lines.map((_, index) => index * 2 + 1));
    const states = Object.groupBy(rows, ({ state }) => state);
    expect(Object.keys(states).toSorted()).toEqual([
      'inactive',
      'ok',
      'quantity',
      'short',
      'unknown',
    ]);
    const fine = states.ok ?? [];
    await addToCart(
      me(),
      fine.map(({ product, units }) => ({ productId: product, quantity: units })),
    );
    const again = await look('F-1\nRice 25\nOIL');
    const units = (name: string) =>
      fine
        .filter(({ match }) => match?.name === name)
        .reduce((sum, row) => sum + (row.units ?? 0), 0);
    expect(again.rows.map(({ product }) => product && again.cart.get(product))).toEqual(
      ['Bread flour', 'Brown rice', 'Olive oil'].map(units),
    );
  });
});

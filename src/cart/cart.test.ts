import { describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import {
  at,
  invited,
  mailTo,
  registered,
  sessionOf,
  signedIn,
  typed,
} from '../../test/storefront.ts';
import { setUpPassword } from '../contacts/set-up-password.ts';
import { addToCart } from './add-to-cart.ts';
import { clearCart } from './clear-cart.ts';
import { getCart } from './queries.ts';
import { setCartLine } from '../../test/set-cart-line.ts';
import { setCartLines } from './set-cart-lines.ts';

async function shop(stock = 10) {
  const company = await freshCompany();
  const ids = await productsFor(company, [
    { name: 'Flour', sku: 'F-1', priceCents: 250, stock },
    { name: 'Rice', priceCents: 99, stock },
    { name: 'Old cheese', active: false },
  ]);
  const { session } = await registered(company);
  return { company, ids, me: () => signedIn(company, session) };
}

const quantities = async (ctx: Parameters<typeof getCart>[0]) =>
  (await getCart(ctx)).lines.map(({ name, quantity }) => [name, quantity]);

describe('a cart', () => {
  it('is set, the same however often, and a line of nothing goes', async () => {
    const { ids, me } = await shop();
    const [flour, rice] = ids;
    if (!flour || !rice) throw new Error('No products.');
    await setCartLine(me(), flour, { quantity: '3' });
    await setCartLine(me(), flour, { quantity: '3' });
    const cart = await setCartLine(me(), rice, { quantity: '11' });
    expect(cart.lines).toMatchObject([
      { name: 'Flour', quantity: 3, priceCents: 250, totalCents: 750, problem: null },
      { name: 'Rice', quantity: 11, problem: 'short', onHand: 10 },
    ]);
    expect(cart.totals).toMatchObject({ subtotalCents: 1839, totalCents: 1839 });
    const less = await setCartLine(me(), flour, { quantity: '0' });
    expect(less.lines).toHaveLength(1);
    await clearCart(me());
    expect(await getCart(me())).toMatchObject({ lines: [], totals: { totalCents: 0 } });
  });

  it('takes nothing that is no quantity, and no product that is not for sale', async () => {
    const { ids, me } = await shop();
    for (const quantity of ['', '-1', '1.5', '1e3', '100000', 'many', '٣']) {
      await expect(setCartLine(me(), ids[0] ?? 'prd_', { quantity })).rejects.toThrow(
        'Quantity must be a whole number from 0 to 99999.',
      );
    }
    await expect(setCartLine(me(), ids[2] ?? 'prd_', { quantity: '1' })).rejects.toThrow(
      'This product is no longer available.',
    );
    await expect(setCartLine(me(), newId('product'), { quantity: '1' })).rejects.toThrow();
    expect(await quantities(me())).toEqual([]);
  });

  it('sets several products together, takes what it can, and says what it cannot', async () => {
    const { ids, me } = await shop();
    const [flour = 'prd_', rice = 'prd_', cheese = 'prd_'] = ids;
    await setCartLine(me(), flour, { quantity: '3' });
    const typed = [
      { product: flour, quantity: '0' },
      { product: rice, quantity: '7' },
      { product: rice, quantity: ' 8 ' },
      { product: cheese, quantity: '1' },
      { product: newId('product'), quantity: 'x' },
    ];
    const set = await setCartLines(me(), typed);
    expect(set.lines.map(({ name, quantity }) => [name, quantity])).toEqual([['Rice', 8]]);
    expect(set.removed).toEqual([{ id: flour, quantity: 3 }]);
    expect([...set.refused]).toEqual([
      [typed[4]?.product, 'Quantity must be a whole number from 0 to 99999.'],
      [cheese, 'This product is no longer available.'],
    ]);
    // Sent again, nothing is taken out a second time.
    expect(await setCartLines(me(), typed)).toMatchObject({ removed: [], totals: set.totals });
  });

  it('sums what is added, keeps at most 99,999, and takes the same addition once', async () => {
    const { ids, me } = await shop();
    const [flour, rice, cheese] = ids;
    const lines = [
      { productId: flour, quantity: 2 },
      { productId: rice, quantity: 60_000 },
      { productId: flour, quantity: 3 },
      { productId: cheese, quantity: 1 },
    ];
    expect(await addToCart(me(), lines)).toEqual(
      new Map([
        [flour, 5],
        [rice, 60_000],
      ]),
    );
    expect(await quantities(me())).toEqual([
      ['Flour', 5],
      ['Rice', 60_000],
    ]);
    await addToCart(me(), lines);
    expect(await quantities(me())).toContainEqual(['Flour', 5]);
    await addToCart(me(), [
      { productId: rice, quantity: 60_000, seen: 60_000 },
      { productId: flour, quantity: 2, seen: 5 },
    ]);
    expect(await quantities(me())).toEqual([
      ['Flour', 7],
      ['Rice', 99_999],
    ]);
  });

  it('holds 500 products, and refuses more as a whole', async () => {
    const { company, ids, me } = await shop();
    const many = await productsFor(
      company,
      Array.from({ length: 500 }, (_, n) => ({ name: `Thing ${n}` })),
    );
    await addToCart(
      me(),
      many.map((productId) => ({ productId, quantity: 1 })),
    );
    const refusal = 'A cart can hold at most 500 products. Check out first.';
    await expect(addToCart(me(), [{ productId: ids[0], quantity: 1 }])).rejects.toThrow(refusal);
    await expect(setCartLine(me(), ids[0] ?? 'prd_', { quantity: '1' })).rejects.toThrow(refusal);
    expect((await setCartLine(me(), many[0] ?? 'prd_', { quantity: '2' })).lines).toHaveLength(500);
    // What is there is changed, and of what is new all is taken or none.
    const full = await setCartLines(me(), [
      { product: ids[0] ?? 'prd_', quantity: '1' },
      { product: many[1] ?? 'prd_', quantity: '3' },
    ]);
    expect([...full.refused]).toEqual([[ids[0], refusal]]);
    expect(full.lines.find(({ productId }) => productId === many[1])?.quantity).toBe(3);
  });

  it('is each person’s own, also within one account', async () => {
    const { company, ids, me } = await shop();
    await setCartLine(me(), ids[0] ?? 'prd_', { quantity: '4' });
    const stranger = await registered(company);
    expect(await quantities(signedIn(company, stranger.session))).toEqual([]);
    const colleague = await colleagueOf(company);
    await setCartLine(colleague(), ids[1] ?? 'prd_', { quantity: '7' });
    expect(await quantities(me())).toEqual([['Flour', 4]]);
    expect(await quantities(colleague())).toEqual([['Rice', 7]]);
    const ctx = colleague();
    await getCart(ctx);
    expect(ctx.customer?.cartLines).toBe(1);
  });
});

/** A contact who has set a password, at a customer of their own. */
async function colleagueOf(company: CompanyFixture) {
  const { email } = await invited(company);
  const { token } = await mailTo(email);
  await setUpPassword(at(company), argon2Hasher, token, typed('correct horse'), 'Firefox');
  const session = await sessionOf(company, email);
  return () => signedIn(company, session);
}

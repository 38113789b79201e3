import { expect, inject, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { analyzeFilled } from '#src/imports/analyze-filled.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { context, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { registered, signedIn } from '../storefront.ts';

it('analyzes tables that have grown, keeps nobody from ordering, and waits for nobody who analyzes', async () => {
  const company = await freshCompany();
  const [productId = 'prd_'] = await productsFor(company, [{ name: 'Tea', stock: 5 }]);
  const { session } = await registered(company);
  const owner = await connectOwner(inject('ownerUrl'));
  const known = async () => {
    const { rows } = await owner.query(
      `select relpages > 0 as known from pg_class where oid in ('products'::regclass, 'stock_levels'::regclass)`,
    );
    return rows.map((row) => row.known);
  };
  // As if nobody had ever looked.
  const forget = () =>
    owner.query(
      `update pg_class set relpages = 0 where oid in ('products'::regclass, 'stock_levels'::regclass)`,
    );
  try {
    await forget();
    await analyzeFilled(context({ kind: 'nobody' }));
    expect(await known()).toEqual([true, true]);

    await forget();
    await owner.query('begin; select analyze_filled()');
    await analyzeFilled(context({ kind: 'nobody' }));
    const order = { id: newId('order'), lines: [{ productId, quantity: 1 }] };
    expect(await placeOrder(signedIn(company, session), order)).toMatchObject({ ok: true });
    await owner.query('commit');
    expect(await known()).toEqual([true, true]);
  } finally {
    await owner.end();
  }
});

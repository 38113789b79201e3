import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { system } from '../tenant.ts';
import { context } from '../../test/context.ts';

async function totalsOf(
  subtotal: number,
  ppm: number,
  shipping = 0,
  freeFrom: number | null = null,
) {
  const ctx = context({ kind: 'nobody' });
  const [{ rows }] = await system(ctx).batch([
    ctx.db.execute(sql`select tax, shipping, total
      from order_totals(${subtotal}::bigint, ${ppm}::bigint, ${shipping}::bigint, ${freeFrom}::bigint)`),
  ]);
  return Object.values(rows[0] ?? {}).map(Number);
}

it.each([
  // 0.5 and 0.499999 of a cent
  [1, 500_000, 1],
  [1, 499_999, 0],
  [999, 82_500, 82],
  [1998, 82_500, 165],
  // Every line an order can have, at the greatest quantity and price.
  [4_999_950_000_000_000, 300_000, 1_499_985_000_000_000],
  // Less than half a cent is less, however much stands before it: x.499954 and x.499968.
  [2_819_409_640_300_046, 299_999, 845_820_072_680_373],
  [232_731_844_139_968, 82_501, 19_200_609_873_391],
])('tax on %i cents at %i parts per million is %i, rounded once', async (subtotal, ppm, tax) => {
  expect(await totalsOf(subtotal, ppm)).toEqual([tax, 0, subtotal + tax]);
});

it.each([
  [999, 1000, 500],
  [1000, 1000, 0],
  [0, 0, 0],
  [4_999_950_000_000_000, null, 500],
])('shipping of %i cents, free from %j, is %i', async (subtotal, freeFrom, shipping) => {
  expect(await totalsOf(subtotal, 0, 500, freeFrom)).toEqual([0, shipping, subtotal + shipping]);
});

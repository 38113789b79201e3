import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { as, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { at, joined, mailTo, registered, signedIn } from '../../test/storefront.ts';
import type { Ctx } from '../context.ts';
import { verifyCustomerEmail } from '../storefront/verify-email.ts';
import { changeOrderStatus } from './change-order-status.ts';
import type { OrderStatus } from './order-status.ts';
import { placeOrder } from './place-order.ts';

let company: CompanyFixture;
let email: string;
let session: Id<'session'>;
let id: Id<'order'>;

beforeEach(async () => {
  company = await freshCompany();
  const customer = await registered(company);
  ({ email, session } = customer);
  await verifyCustomerEmail(at(company), (await mailTo(email)).token);
  await orderAgain();
});

async function orderAgain(): Promise<void> {
  const [productId = ''] = await productsFor(company, [{ name: 'Flour' }]);
  id = newId('order');
  await placeOrder(signedIn(company, session), { id, lines: [{ productId, quantity: 1 }] });
}

/** Moves the order, and says how many mails that leaves to send. */
async function move(status: OrderStatus): Promise<number> {
  const ctx = as(company, 'MEMBER');
  await changeOrderStatus(ctx, id, status, null);
  return ctx.due.mails.length;
}

/** The statuses the customer was told of, the first first. */
async function told(): Promise<(string | undefined)[]> {
  const { all } = await mailTo(email);
  return all
    .filter(({ template }) => template === 'order_status')
    .map(({ data }) => data['status'])
    .toReversed();
}

describe('a customer whose mailbox is proved', () => {
  it('is told of 60 moves to and fro once', async () => {
    const due: number[] = [];
    for (let n = 0; n < 60; n += 1) due.push(await move(n % 2 ? 'SUBMITTED' : 'CONFIRMED'));
    expect(due).toEqual([1, ...Array<number>(59).fill(0)]);
    expect(await told()).toEqual(['CONFIRMED']);
  });

  it('is told of each step forward and of the end, and of no step back', async () => {
    for (const status of [
      'CONFIRMED',
      'SHIPPED',
      'CONFIRMED',
      'SHIPPED',
      'DELIVERED',
      'SUBMITTED',
      'DELIVERED',
      'CANCELLED',
    ] as const) {
      await move(status);
    }
    expect(await told()).toEqual(['CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED']);
  });

  it('is told who cancelled: the person, another one of the account, or the store', async () => {
    const cancelled = async (ctx: Ctx) => {
      await changeOrderStatus(ctx, id, 'CANCELLED', null);
      return (await mailTo(email)).text;
    };
    const number = 1001;
    expect(await cancelled(signedIn(company, session))).toContain(
      `Order #${number} was cancelled by you.`,
    );
    await orderAgain();
    expect(await cancelled(as(company, 'MEMBER'))).toContain(`was cancelled by ${company.name}.`);
    await orderAgain();
    const colleague = signedIn(company, await joined(company, session, 'ADMIN'));
    expect(await cancelled(colleague)).toContain(
      'was cancelled by another person on your account.',
    );
  });
});

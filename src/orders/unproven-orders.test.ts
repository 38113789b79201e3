import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { planUsage } from '#db/schema/index.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { as, context, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import {
  actions,
  at,
  confirmEmail,
  invited,
  joined,
  mailTo,
  PASSWORD,
  proven,
  registered,
  signedIn,
  someEmail,
  typed,
} from '../../test/storefront.ts';
import { inviteContact } from '../contacts/invite-contact.ts';
import { setUpPassword } from '../contacts/set-up-password.ts';
import { customerOf } from '../context.ts';
import { trustCustomer } from '../customers/trust-customer.ts';
import { getCustomerProfile } from '../customers/customer-profile.ts';
import { utcMonth } from '../lib/utc-month.ts';
import { confirmFirst } from '../storefront/email-to-confirm.ts';
import { myCustomer } from '../storefront/me.ts';
import { checkViewer, system } from '../tenant.ts';
import { changeOrderStatus } from './change-order-status.ts';
import { getCheckout } from './checkout.ts';
import { readOrdersOfMonth } from './orders-of-month.ts';
import { placeOrder } from './place-order.ts';

let company: CompanyFixture;
let productId: Id<'product'>;
let buyer: { email: string; session: Id<'session'> };

beforeEach(async () => {
  company = await freshCompany();
  [productId = 'prd_'] = await productsFor(company, [{ name: 'Flour', stock: 9999 }]);
  buyer = await registered(company);
});

const NOON = new Date();
NOON.setUTCHours(12, 0, 0, 0);
const shopper = (session = buyer.session, now = NOON) =>
  context({ kind: 'customer', sessionId: session, slug: company.slug }, { now });

const input = (id = newId('order')) => ({ id, lines: [{ productId, quantity: 1 }] });

async function order(who = shopper(), id = newId('order')): Promise<Id<'order'>> {
  expect(await placeOrder(who, input(id))).toMatchObject({ ok: true });
  return id;
}

const cancel = (id: Id<'order'>, who = shopper()) => changeOrderStatus(who, id, 'CANCELLED', null);

async function orders(count: number, who = shopper()): Promise<Id<'order'>[]> {
  const ids: Id<'order'>[] = [];
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  for (let n = 0; n < count; n += 1) ids.push(await order(who));
  return ids;
}

const refusal = (email = buyer.email) => ({ code: 'rule', message: confirmFirst(email) });

const customerId = async () => {
  const ctx = signedIn(company, buyer.session);
  await checkViewer(ctx, 'catalog:read');
  return customerOf(ctx).customerId;
};

describe('a customer whose email is not confirmed', () => {
  it('has three open orders at most, and is told which address to confirm', async () => {
    const [first = 'ord_'] = await orders(3);
    expect(confirmFirst('ann@x.test')).toBe(
      'Confirm your email address to place more orders. We sent a link to ann@x.test.',
    );
    await expect(placeOrder(shopper(), input())).rejects.toMatchObject(refusal());
    expect((await getCheckout(shopper())).emailToConfirm).toBe(buyer.email);
    // The same order again is no further one.
    expect(await placeOrder(shopper(), input(first))).toMatchObject({ ok: true, again: true });
    await changeOrderStatus(as(company, 'MEMBER'), first, 'CONFIRMED', null);
    await expect(placeOrder(shopper(), input())).rejects.toMatchObject(refusal());
    await changeOrderStatus(as(company, 'MEMBER'), first, 'SHIPPED', null);
    expect((await getCheckout(shopper())).emailToConfirm).toBeNull();
    await order();
  });

  it('places ten a day, cancelled ones included, and as many on the next', async () => {
    for (let n = 0; n < 10; n += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await cancel(await order());
    }
    await expect(placeOrder(shopper(), input())).rejects.toMatchObject(refusal());
    expect((await getCheckout(shopper())).emailToConfirm).toBe(buyer.email);
    const tomorrow = shopper(buyer.session, new Date(NOON.getTime() + 86_400_000));
    expect((await getCheckout(tomorrow)).emailToConfirm).toBeNull();
    await order(tomorrow);
  });

  it('uses up nothing of the day by an order that is refused', async () => {
    const short = { id: newId('order'), lines: [{ productId, quantity: 99_999 }] };
    for (let n = 0; n < 12; n += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await placeOrder(shopper(), short)).toMatchObject({ ok: false });
    }
    await orders(3);
  });

  it('is not limited in what the staff order for them', async () => {
    await orders(3);
    const owner = as(company, 'OWNER');
    const of = await customerId();
    for (let n = 0; n < 12; n += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await placeOrder(owner, { ...input(), customerId: of })).toMatchObject({ ok: true });
    }
  });

  it.each([
    ['they confirm it', () => confirmEmail(company, buyer.email)],
    [
      'the staff trust them',
      async () => trustCustomer(as(company, 'MEMBER'), await customerId(), true),
    ],
  ])('orders without limit once %s', async (_, prove) => {
    await orders(3);
    await prove();
    await orders(9);
  });

  it('orders without limit while one of their orders is delivered', async () => {
    const [first = 'ord_'] = await orders(3);
    await changeOrderStatus(as(company, 'MEMBER'), first, 'DELIVERED', null);
    await orders(9);
  });

  it('is limited again when the staff stop trusting them, and the log has both', async () => {
    const id = await customerId();
    expect((await getCustomerProfile(as(company, 'OWNER'), id)).trust).toEqual({
      trusted: false,
      limited: true,
    });
    expect(await trustCustomer(as(company, 'OWNER'), id, true)).toMatchObject({ changed: true });
    expect(await trustCustomer(as(company, 'OWNER'), id, true)).toMatchObject({ changed: false });
    expect((await getCustomerProfile(as(company, 'OWNER'), id)).trust).toEqual({
      trusted: true,
      limited: false,
    });
    await orders(4);
    await trustCustomer(as(company, 'OWNER'), id, false);
    await expect(placeOrder(shopper(), input())).rejects.toMatchObject(refusal());
    const named = (await actions(company)).map(({ action }) => action);
    expect(named.filter((action) => action.includes('Trust'))).toEqual([
      'CustomerTrusted',
      'CustomerTrustWithdrawn',
    ]);
    await expect(trustCustomer(as(await freshCompany(), 'OWNER'), id, true)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('invites five people at most', async () => {
    const invite = () =>
      inviteContact(signedIn(company, buyer.session), myCustomer, {
        email: someEmail(),
        role: 'BUYER',
      });
    for (let n = 0; n < 5; n += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await invite();
    }
    await expect(invite()).rejects.toMatchObject({
      code: 'rule',
      message: 'Confirm your email address to invite more people.',
    });
    await confirmEmail(company, buyer.email);
    await invite();
  });

  it('proves nothing by the people they invite, whose link their own account shows', async () => {
    const contact = await joined(company, buyer.session, 'ADMIN');
    await orders(3, shopper(contact));
    await expect(placeOrder(shopper(contact), input())).rejects.toMatchObject(refusal());
    expect((await getCheckout(shopper(contact))).emailToConfirm).toBe(buyer.email);
    await confirmEmail(company, buyer.email);
    await orders(4, shopper(contact));
  });
});

it('lets people order whom the staff have invited for an imported customer', async () => {
  const { email } = await invited(company);
  const { token } = await mailTo(email);
  const session = await setUpPassword(at(company), argon2Hasher, token, typed(PASSWORD), '');
  await orders(4, shopper(session ?? 'ses_'));
});

describe("a month's places", () => {
  async function limitTo(maxOrders: number): Promise<void> {
    const ctx = context({ kind: 'nobody' });
    await system(ctx).batch([
      ctx.db.update(planUsage).set({ maxOrders }).where(eq(planUsage.companyId, company.id)),
    ]);
  }

  const counting = async () => {
    const ctx = context({ kind: 'nobody' });
    return (await readOrdersOfMonth(ctx, company.id, utcMonth(NOON), -1)).ids;
  };

  it('are given back by an unproven customer’s cancelled orders, whoever cancels and whatever is confirmed later', async () => {
    await limitTo(100);
    const [one = 'ord_', two = 'ord_', three = 'ord_'] = await orders(3);
    await cancel(one);
    await changeOrderStatus(as(company, 'MEMBER'), two, 'CANCELLED', null);
    expect(await counting()).toEqual([three]);
    await confirmEmail(company, buyer.email);
    expect(await counting()).toEqual([three]);
    await cancel(three);
    expect(await counting()).toEqual([three]);
  });

  it('are kept by cancelled orders of proven customers and of the staff', async () => {
    await limitTo(100);
    const own = await order(shopper((await proven(company)).session));
    const id = newId('order');
    await placeOrder(as(company, 'OWNER', { now: NOON }), {
      ...input(id),
      customerId: await customerId(),
    });
    for (const placed of [own, id]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await changeOrderStatus(as(company, 'OWNER'), placed, 'CANCELLED', null);
    }
    expect(new Set(await counting())).toEqual(new Set([own, id]));
  });

  it('are said to be known only when as many count', async () => {
    await limitTo(100);
    const [one = 'ord_', two = 'ord_'] = await orders(2);
    const ask = async (known: number) =>
      (await readOrdersOfMonth(context({ kind: 'nobody' }), company.id, utcMonth(NOON), known)).ids;
    expect([await ask(2), await ask(1)]).toEqual([null, [one, two]]);
    await cancel(one);
    expect([await ask(2), await ask(1)]).toEqual([[two], null]);
  });
});

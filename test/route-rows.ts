import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { as } from './context.ts';
import { productsFor } from './products.ts';
import { someEvents, switchOff, webhookFor } from './webhooks.ts';

/** An order of this customer's; its product is no secret to the others. */
export async function placedOrder(
  company: CompanyFixture,
  customerId: Id<'customer'>,
  mark: string,
): Promise<Id<'order'>> {
  const [productId] = await productsFor(company, [{ name: 'Flour' }]);
  const lines = [{ productId, quantity: 1 }];
  const input = { id: newId('order'), customerId, lines, notes: mark, poNumber: mark };
  await placeOrder(as(company, 'OWNER'), input);
  return input.id;
}

/** A webhook that is off, so that nobody is ever called, and a delivery it once had. */
export async function silentWebhook(company: CompanyFixture, mark: string) {
  const { id: webhook } = await webhookFor(company, `https://${mark}.example.com/`);
  const [delivery = newId('delivery')] = await someEvents(company, 1);
  await switchOff(company, webhook);
  return { webhook, delivery };
}

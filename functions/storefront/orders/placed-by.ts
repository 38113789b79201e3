import type { Store } from '#src/context.ts';
import type { ListedOrder } from '#src/orders/order-list.ts';

/** Who placed an order, for the customer to see: one of their own people by name, whoever of the store as the store. */
export function placedBy(
  { placedById, placedByName }: Pick<ListedOrder, 'placedById' | 'placedByName'>,
  { companyName }: Pick<Store, 'companyName'>,
): string | null {
  return /^(cus|con)_/.test(placedById ?? '') ? placedByName : companyName;
}

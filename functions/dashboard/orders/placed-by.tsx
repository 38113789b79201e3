import type { ListedOrder } from '#src/orders/order-list.ts';
import { DASH } from '../../views/dash.ts';

const KINDS: Record<string, string> = {
  cus: 'Customer',
  con: 'Contact',
  usr: 'Staff',
  key: 'API',
};

type PlacedByProps = { order: Pick<ListedOrder, 'placedById' | 'placedByName'> };

/** Who placed an order: the customer, one of its contacts, somebody of the staff, or a program. */
export function PlacedBy({ order: { placedById, placedByName } }: PlacedByProps) {
  const kind = KINDS[placedById?.slice(0, 3) ?? ''];
  if (!kind) return placedByName === null ? DASH : <>{placedByName}</>;
  return <>{placedByName === null ? kind : `${kind} · ${placedByName}`}</>;
}

/** Whose order it is; one at the dashboard may be nobody's in particular. */
export function CustomerOf({
  order: { customerName, customerEmail },
}: {
  order: Pick<ListedOrder, 'customerName' | 'customerEmail'>;
}) {
  return customerName === null && customerEmail === null ? (
    DASH
  ) : (
    <>{customerName ?? customerEmail}</>
  );
}

import type { ListedOrder } from '#src/orders/order-list.ts';
import { Link } from '../../views/button.tsx';
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

type CustomerOfProps = {
  order: Pick<ListedOrder, 'customerName' | 'customerEmail'>;
  /** Where more of theirs are. */
  href?: string | undefined;
};

/** Whose order it is; one at the dashboard may be nobody's in particular. */
export function CustomerOf({ order, href }: CustomerOfProps) {
  const name = order.customerName ?? order.customerEmail;
  if (name === null) return DASH;
  return href ? <Link href={href}>{name}</Link> : <>{name}</>;
}

import { ORDER_STATUSES, type OrderStatus } from '#src/orders/order-status.ts';
import { Badge } from './badge.tsx';

/** How far an order has come. */
export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const { tone, label } = ORDER_STATUSES[status];
  return <Badge tone={tone}>{label}</Badge>;
}

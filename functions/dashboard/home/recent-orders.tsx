import type { ListedOrder } from '#src/orders/order-list.ts';
import { Link } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { ORDERS_PATH } from '../orders/paths.ts';
import { OrdersTable } from '../orders/orders-table.tsx';

type Props = { orders: ListedOrder[]; timeZone: string };

/** What came in lately. */
export function RecentOrders({ orders, timeZone }: Props) {
  return (
    <Card title="Recent orders" actions={<Link href={ORDERS_PATH}>See all</Link>} flush>
      {orders.length === 0 ? (
        <EmptyState title="No orders yet" icon="clipboard-list">
          Customers place them at your storefront.
        </EmptyState>
      ) : (
        <OrdersTable orders={orders} locale={{ timeZone }} />
      )}
    </Card>
  );
}

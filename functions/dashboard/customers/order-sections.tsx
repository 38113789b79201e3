import type { CustomerProfile } from '#src/customers/customer-profile.ts';
import type { OrderSummary } from '#src/customers/order-summary.ts';
import type { Customer } from '#src/customers/queries.ts';
import { Button, Link } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { Money } from '../../views/money.tsx';
import { Pages } from '../../views/pagination.tsx';
import { queryHref } from '../../views/query-href.ts';
import { Stat, Stats } from '../../views/stat.tsx';
import { NEW_ORDER_PATH, ORDERS_PATH } from '../orders/paths.ts';
import { OrdersTable } from '../orders/orders-table.tsx';
import { profilePath } from './paths.ts';

type OrderFiguresProps = { customer: Customer; ordered: OrderSummary; currency: string };

/** What a customer has ordered so far, and how much they may owe. */
export function OrderFigures({ customer, ordered, currency }: OrderFiguresProps) {
  return (
    <Stats>
      <Stat label="Orders, with cancelled">{ordered.orders}</Stat>
      <Stat label="Spent, without cancelled">
        <Money cents={ordered.spentCents} currency={currency} />
      </Stat>
      <Stat label="Average order">
        <Money cents={ordered.averageCents} currency={currency} />
      </Stat>
      <Stat label="Credit limit">
        <Money cents={customer.creditLimitCents} currency={currency} none="No limit" />
      </Stat>
    </Stats>
  );
}

type OrderHistoryProps = { profile: CustomerProfile; timeZone: string };

/** A customer's orders, newest first, some at a time. */
export function OrderHistory({ profile, timeZone }: OrderHistoryProps) {
  const { customer, orders, ordered } = profile;
  const all = queryHref(ORDERS_PATH, { customer: customer.id });
  return (
    <Card
      id="orders"
      title="Order history"
      actions={
        <>
          {ordered.orders > 0 && <Link href={all}>See all</Link>}
          {customer.status === 'ACTIVE' && (
            <Button href={queryHref(NEW_ORDER_PATH, { customer: customer.id })} icon="plus">
              New order
            </Button>
          )}
        </>
      }
      flush
    >
      {orders.rows.length > 0 ? (
        <OrdersTable orders={orders.rows} locale={{ timeZone }} ofOne />
      ) : (
        <EmptyState title="No orders yet" icon="clipboard-list">
          Orders of this customer will be listed here, newest first.
        </EmptyState>
      )}
      <Pages
        page={orders}
        view={profile.view}
        href={(place) => `${queryHref(profilePath(customer.id), place)}#orders`}
      />
    </Card>
  );
}

import type { OrderSummary } from '#src/customers/order-summary.ts';
import type { Customer } from '#src/customers/queries.ts';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { Money } from '../../views/money.tsx';
import { Stat, Stats } from '../../views/stat.tsx';

type OrderFiguresProps = { customer: Customer; ordered: OrderSummary; currency: string };

/** What a customer has ordered so far, and how much they may owe. */
export function OrderFigures({ customer, ordered, currency }: OrderFiguresProps) {
  return (
    <Stats>
      <Stat label="Total orders">{ordered.orders}</Stat>
      <Stat label="Total spent">
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

export function OrderHistory() {
  return (
    <Card title="Order history" flush>
      <EmptyState title="No orders yet">
        Orders of this customer will be listed here, newest first.
      </EmptyState>
    </Card>
  );
}

import type { StaffViewer } from '#src/context.ts';
import type { ListedOrder, OrderSort, OrderView } from '#src/orders/order-list.ts';
import { DateTime } from '../../views/date-time.tsx';
import { Money } from '../../views/money.tsx';
import { OrderStatusBadge } from '../../views/order-status-badge.tsx';
import { sortLink } from '../../views/sort-link.ts';
import { type Column, Table } from '../../views/table.tsx';
import { listHref, orderPath } from './paths.ts';
import { CustomerOf, PlacedBy } from './placed-by.tsx';

type Locale = Pick<StaffViewer, 'timeZone'>;
type Props = {
  orders: readonly ListedOrder[];
  locale: Locale;
  /** Makes the headers order the list; without it the table stands on another page. */
  view?: OrderView;
  /** Leaves out whose orders they are: all are the same customer's. */
  ofOne?: boolean;
};

/** Orders, each row a link to its page; a header orders the list by its column, and pressed again the other way round. */
export function OrdersTable({ orders, locale, view, ofOne }: Props) {
  return (
    <Table
      caption="Orders"
      rows={orders}
      rowHref={({ id }) => orderPath(id)}
      columns={columns(locale, view, ofOne)}
    />
  );
}

function columns(
  { timeZone }: Locale,
  view: OrderView | undefined,
  ofOne: boolean | undefined,
): Column<ListedOrder>[] {
  const sortBy = (sort: OrderSort) =>
    view && { sort: sortLink(view, sort, true, (changes) => listHref(view, changes)) };
  const customer: Column<ListedOrder> = {
    header: 'Customer',
    cell: (order) => <CustomerOf order={order} href={narrowed(order, view)} />,
  };
  return [
    { header: 'Order', cell: ({ number }) => `#${number}`, nowrap: true },
    {
      header: 'Date',
      cell: ({ createdAt }) => <DateTime value={createdAt} timeZone={timeZone} style="datetime" />,
      nowrap: true,
      ...sortBy('created'),
    },
    ...(ofOne ? [] : [customer]),
    {
      header: 'Status',
      cell: ({ status }) => <OrderStatusBadge status={status} />,
      ...sortBy('status'),
    },
    { header: 'Lines', cell: ({ lineCount }) => lineCount, align: 'end', hideWhenNarrow: true },
    {
      header: 'Total',
      cell: ({ totalCents, currency }) => <Money cents={totalCents} currency={currency} />,
      align: 'end',
      ...sortBy('total'),
    },
    { header: 'Placed by', cell: (order) => <PlacedBy order={order} />, hideWhenNarrow: true },
  ];
}

/** The list with this customer's orders alone. */
function narrowed({ customerId }: ListedOrder, view: OrderView | undefined): string | undefined {
  return view && customerId && view.customer !== customerId
    ? listHref(view, { customer: customerId })
    : undefined;
}

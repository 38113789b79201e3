import type { StaffViewer } from '#src/context.ts';
import type { CustomerView, ListedCustomer } from '#src/customers/customer-list.ts';
import type { CustomerSort } from '#src/customers/schema.ts';
import { formatMoney } from '#src/lib/money.ts';
import { DateTime } from '../../views/date-time.tsx';
import { Email } from '../../views/email.tsx';
import { sortLink } from '../../views/sort-link.ts';
import { type Column, Table } from '../../views/table.tsx';
import { listHref, profilePath, startsDescending } from './paths.ts';
import { StatusBadge } from './status-badge.tsx';

type Locale = Pick<StaffViewer, 'currency' | 'timeZone'>;
type Props = { view: CustomerView; customers: readonly ListedCustomer[]; locale: Locale };

/** One page of customers; a header orders the list by its column, and pressed again the other way round. */
export function CustomersTable({ view, customers, locale }: Props) {
  return (
    <Table
      caption="Customers"
      rows={customers}
      rowHref={({ id }) => profilePath(id)}
      columns={columns(view, locale)}
    />
  );
}

function columns(view: CustomerView, { currency, timeZone }: Locale): Column<ListedCustomer>[] {
  const sortBy = (sort: CustomerSort) =>
    sortLink(view, sort, startsDescending(sort), (changes) => listHref(view, changes));
  return [
    {
      header: 'Name',
      cell: ({ name, email }) => name ?? <Email address={email} />,
      sort: sortBy('name'),
    },
    { header: 'Email', cell: ({ email }) => <Email address={email} />, sort: sortBy('email') },
    { header: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
    { header: 'Orders', cell: ({ ordered }) => ordered.orders, align: 'end' },
    {
      header: 'Total spent',
      cell: ({ ordered }) => formatMoney(ordered.spentCents, currency),
      align: 'end',
    },
    {
      header: 'Last order',
      cell: ({ ordered }) => <DateTime value={ordered.lastOrderAt} timeZone={timeZone} />,
      nowrap: true,
      hideWhenNarrow: true,
    },
    {
      header: 'Joined',
      cell: ({ createdAt }) => <DateTime value={createdAt} timeZone={timeZone} />,
      nowrap: true,
      hideWhenNarrow: true,
      sort: sortBy('created'),
    },
  ];
}

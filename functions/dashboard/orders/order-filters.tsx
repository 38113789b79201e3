import type { OrderView } from '#src/orders/order-list.ts';
import { ORDER_STATUS_NAMES, ORDER_STATUSES } from '#src/orders/order-status.ts';
import { Button } from '../../views/button.tsx';
import {
  FilterAmount,
  FilterChip,
  FilterDate,
  filterId,
  FilterSelect,
} from '../../views/filter-select.tsx';
import { SearchBox } from '../../views/search-box.tsx';
import { filterQuery, listHref, ORDERS_PATH, sortParameter } from './paths.ts';

type Props = { view: OrderView; customerName: string | null; currency: string };

/** What the list can be narrowed down by; to one customer's orders, by a link in the list or from the customer's page. */
export function OrderFilters({ view, customerName, currency }: Props) {
  const { typed = {}, problems = {} } = view;
  const filters = filterQuery(view);
  const filtered = Object.values(filters).some((value) => value !== undefined);
  return (
    <SearchBox
      action={ORDERS_PATH}
      label="Search orders by number, PO or customer"
      placeholder="Search orders"
      value={view.search}
      hidden={{ sort: sortParameter(view), customer: view.customer }}
      live="#orders"
      alsoLive={[...(view.customer ? [`#${CHIP}`] : []), ...LIVE_FIELDS].join(',')}
    >
      {view.customer && (
        <FilterChip
          id={CHIP}
          label="Customer"
          value={customerName ?? 'unknown'}
          href={listHref(view, { customer: null })}
        />
      )}
      <FilterSelect
        name="status"
        label="Status"
        value={view.status}
        options={[
          { value: '', label: 'All statuses' },
          ...ORDER_STATUS_NAMES.map((value) => ({ value, label: ORDER_STATUSES[value].label })),
        ]}
      />
      <FilterDate name="from" label="From" value={typed['from']} problem={problems['from']} />
      <FilterDate name="to" label="To" value={typed['to']} problem={problems['to']} />
      <FilterAmount
        name="min"
        label={`Least total in ${currency}`}
        placeholder="Min total"
        value={typed['min']}
        problem={problems['min']}
      />
      <FilterAmount
        name="max"
        label={`Highest total in ${currency}`}
        placeholder="Max total"
        value={typed['max']}
        problem={problems['max']}
      />
      {filtered && (
        <Button variant="ghost" href={listHref({ ...view, cursor: undefined }, CLEARED)}>
          Clear
        </Button>
      )}
    </SearchBox>
  );
}

const CHIP = 'of-customer';
/** They say whether they are applied, while they are typed into. */
const LIVE_FIELDS = ['from', 'to', 'min', 'max'].map((name) => `#${filterId(name)}:outerMorph`);

const CLEARED = {
  q: null,
  status: null,
  customer: null,
  from: null,
  to: null,
  min: null,
  max: null,
};

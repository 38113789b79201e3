import { Hono } from 'hono';
import { type CustomerViewer, customerOf } from '#src/context.ts';
import { customerRoleMay } from '#src/permissions.ts';
import {
  type ListedOrder,
  type OrderList,
  type OrderView,
  orderView,
} from '#src/orders/order-list.ts';
import { ORDER_STATUS_NAMES, ORDER_STATUSES } from '#src/orders/order-status.ts';
import { getOwnOrders } from '#src/orders/own-orders.ts';
import type { AppEnv } from '../../app-env.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { DateTime } from '../../views/date-time.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { FilterSelect } from '../../views/filter-select.tsx';
import { Money } from '../../views/money.tsx';
import { OrderStatusBadge } from '../../views/order-status-badge.tsx';
import { Page } from '../../views/page.tsx';
import { Pages } from '../../views/pagination.tsx';
import { queryHref } from '../../views/query-href.ts';
import { SearchBox } from '../../views/search-box.tsx';
import { Table } from '../../views/table.tsx';
import { storePage } from '../store-page.tsx';
import { storePath } from '../store-path.ts';
import { placedBy } from './placed-by.ts';

const PAGE_SIZE = 20;

/** `/store/{slug}/orders`: what the customer's people have ordered, newest first. */
export const orders = new Hono<AppEnv>().get('/:slug/orders', async (c) => {
  const { ctx } = c.var;
  const { q, status, after, before } = c.req.query();
  const view = orderView({ q, status, after, before });
  const list = await getOwnOrders(ctx, view, PAGE_SIZE);
  const me = customerOf(ctx);
  return storePage(
    c,
    { title: 'Orders', ...(list.any && { scripts: ['htmx'] }) },
    <Page title="Orders">
      {list.any ? <Orders view={view} list={list} me={me} /> : <NoOrders me={me} />}
    </Page>,
  );
});

function NoOrders({ me }: { me: CustomerViewer }) {
  const mayOrder = customerRoleMay(me.role, 'own_orders:write');
  return (
    <Card flush>
      <EmptyState
        title="No orders yet"
        icon="package"
        actions={
          <Button variant="primary" href={storePath(me, '/catalog')}>
            {mayOrder ? 'Start an order' : 'See the catalog'}
          </Button>
        }
      >
        What you order is listed here, with its status and invoice.
      </EmptyState>
    </Card>
  );
}

type Props = { view: OrderView; list: OrderList; me: CustomerViewer };

function Orders({ view, list, me }: Props) {
  const { rows } = list.page;
  const path = storePath(me, '/orders');
  return (
    <Card
      toolbar={
        <SearchBox
          action={path}
          label="Search orders by number or PO number"
          placeholder="Search number or PO"
          value={view.search}
          live="#orders"
        >
          <FilterSelect
            name="status"
            label="Status"
            value={view.status}
            options={[
              { value: '', label: 'All statuses' },
              ...ORDER_STATUS_NAMES.map((value) => ({
                value,
                label: ORDER_STATUSES[value].label,
              })),
            ]}
          />
        </SearchBox>
      }
      flush
    >
      <div id="orders">
        {rows.length > 0 ? (
          <OrdersTable orders={rows} me={me} />
        ) : (
          <EmptyState
            title="No order matches"
            icon="search"
            actions={<Button href={path}>See all orders</Button>}
          />
        )}
        <Pages
          page={list.page}
          view={view}
          href={(place) => queryHref(path, { q: view.search, status: view.status }, place)}
          thing="order"
        />
      </div>
    </Card>
  );
}

function OrdersTable({ orders: rows, me }: { orders: readonly ListedOrder[]; me: CustomerViewer }) {
  return (
    <Table
      caption="Orders"
      rows={rows}
      rowHref={({ id }) => storePath(me, `/orders/${id}`)}
      columns={[
        { header: 'Order', cell: ({ number }) => `#${number}` },
        {
          header: 'Placed',
          cell: ({ createdAt }) => <DateTime value={createdAt} timeZone={me.timeZone} />,
          nowrap: true,
        },
        { header: 'Status', cell: ({ status }) => <OrderStatusBadge status={status} /> },
        { header: 'By', cell: (order) => placedBy(order, me), hideWhenNarrow: true },
        {
          header: 'Products',
          cell: ({ lineCount }) => lineCount,
          align: 'end',
          hideWhenNarrow: true,
        },
        {
          header: 'Total',
          cell: ({ totalCents, currency }) => <Money cents={totalCents} currency={currency} />,
          align: 'end',
        },
      ]}
    />
  );
}

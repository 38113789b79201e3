import { Hono } from 'hono';
import { staffOf, type StaffViewer } from '#src/context.ts';
import {
  type CompanyOrderList,
  getOrderList,
  type OrderView,
  orderView,
} from '#src/orders/order-list.ts';
import type { AppEnv } from '../../app-env.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { FilterProblems } from '../../views/filter-problems.tsx';
import { Page } from '../../views/page.tsx';
import { Pages } from '../../views/pagination.tsx';
import { dashboardPage } from '../dashboard-page.tsx';
import { listHref, NEW_ORDER_PATH, ORDERS_PATH } from './paths.ts';
import { OrderFilters } from './order-filters.tsx';
import { OrdersTable } from './orders-table.tsx';

const PAGE_SIZE = 25;

/** `/dashboard/orders`; all of its state lives in the address. */
export const ordersList = new Hono<AppEnv>().get('/orders', async (c) => {
  const { ctx } = c.var;
  const asked = orderView(c.req.query());
  let list = await getOrderList(ctx, asked, PAGE_SIZE);
  const view = orderView(c.req.query(), staffOf(ctx).currency);
  // An amount with the sign of another currency is not applied: which one is right is known only now.
  if (asked.least !== view.least || asked.most !== view.most) {
    list = await getOrderList(ctx, view, PAGE_SIZE);
  }
  return dashboardPage(
    c,
    { title: 'Orders', ...(list.any && { scripts: ['htmx'] }) },
    <Page
      title="Orders"
      actions={
        <Button variant="primary" href={NEW_ORDER_PATH} icon="plus">
          New order
        </Button>
      }
    >
      {list.any ? (
        <Orders view={view} list={list} staff={staffOf(ctx)} />
      ) : (
        <Card flush>
          <EmptyState title="No orders yet" icon="clipboard-list">
            Customers place them at your storefront; you can place one for them here.
          </EmptyState>
        </Card>
      )}
    </Page>,
  );
});

type OrdersProps = { view: OrderView; list: CompanyOrderList; staff: StaffViewer };

function Orders({ view, list, staff }: OrdersProps) {
  return (
    <Card
      toolbar={
        <OrderFilters view={view} customerName={list.customerName} currency={staff.currency} />
      }
      flush
    >
      <div id="orders">
        <FilterProblems problems={view.problems} />
        {list.page.rows.length > 0 ? (
          <OrdersTable view={view} orders={list.page.rows} locale={staff} />
        ) : (
          <Nothing view={view} />
        )}
        <Pages page={list.page} view={view} href={(place) => listHref(view, place)} thing="order" />
      </div>
    </Card>
  );
}

function Nothing({ view }: { view: OrderView }) {
  return view.cursor === undefined ? (
    <EmptyState
      title="No order matches"
      icon="search"
      actions={<Button href={ORDERS_PATH}>Clear filters</Button>}
    />
  ) : (
    <EmptyState
      title="No orders on this page any more"
      icon="clipboard-list"
      actions={<Button href={listHref(view)}>Go to the first page</Button>}
    />
  );
}

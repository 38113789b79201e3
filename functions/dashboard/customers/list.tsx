import { Hono } from 'hono';
import { staffOf, type StaffViewer } from '#src/context.ts';
import {
  type CustomerList,
  type CustomerView,
  customerView,
  getCustomerList,
} from '#src/customers/customer-list.ts';
import type { AppEnv } from '../../app-env.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { FilterSelect } from '../../views/filter-select.tsx';
import { Page } from '../../views/page.tsx';
import { Pages } from '../../views/pagination.tsx';
import { SearchBox } from '../../views/search-box.tsx';
import { dashboardPage } from '../dashboard-page.tsx';
import { storefrontUrl } from '../storefront-url.ts';
import { EXPORT_PATH, IMPORT_PATH, LIST_PATH, listHref, sortParameter } from './paths.ts';
import { CustomersTable } from './customers-table.tsx';
import { NoCustomersYet, NoMatch, PageIsGone } from './no-customers.tsx';

const PAGE_SIZE = 25;

/** `/dashboard/customers`; all of its state lives in the address. */
export const customersList = new Hono<AppEnv>().get('/customers', async (c) => {
  const { ctx } = c.var;
  const view = customerView(c.req.query());
  const list = await getCustomerList(ctx, view, PAGE_SIZE);
  const staff = staffOf(ctx);
  return dashboardPage(
    c,
    { title: 'Customers', ...(list.total > 0 && { scripts: ['htmx'] }) },
    list.total === 0 ? (
      <Page title="Customers">
        <NoCustomersYet storefront={storefrontUrl(ctx, staff.companySlug)} />
      </Page>
    ) : (
      <Customers view={view} list={list} staff={staff} />
    ),
  );
});

type CustomersProps = { view: CustomerView; list: CustomerList; staff: StaffViewer };

function Customers({ view, list, staff }: CustomersProps) {
  return (
    <Page
      title="Customers"
      actions={
        <>
          <span id="customers-export">
            <Button href={listHref(view, {}, EXPORT_PATH)} icon="download" download>
              Export CSV
            </Button>
          </span>
          <Button href={IMPORT_PATH} icon="upload">
            Import CSV
          </Button>
        </>
      }
    >
      <Card toolbar={<Filters view={view} />} flush>
        <div id="customers">
          {list.page.rows.length > 0 ? (
            <CustomersTable view={view} customers={list.page.rows} locale={staff} />
          ) : (
            <Nothing view={view} />
          )}
          <Pages
            page={list.page}
            view={view}
            href={(place) => listHref(view, place)}
            thing="customer"
            total={isFiltered(view) ? undefined : list.total}
          />
        </div>
      </Card>
    </Page>
  );
}

function Filters({ view }: { view: CustomerView }) {
  return (
    <SearchBox
      action={LIST_PATH}
      label="Search customers by name or email"
      placeholder="Search name or email"
      value={view.search}
      hidden={{ sort: sortParameter(view) }}
      live="#customers"
      alsoLive="#customers-export"
    >
      <FilterSelect
        name="status"
        label="Status"
        value={view.status}
        options={[
          { value: '', label: 'All statuses' },
          { value: 'ACTIVE', label: 'Active' },
          { value: 'BLOCKED', label: 'Blocked' },
        ]}
      />
    </SearchBox>
  );
}

function isFiltered({ search, status }: CustomerView): boolean {
  return search !== undefined || status !== undefined;
}

function Nothing({ view }: { view: CustomerView }) {
  const firstPage = listHref(view);
  if (view.cursor !== undefined) return <PageIsGone firstPage={firstPage} />;
  return <NoMatch view={view} cleared={listHref(view, { q: null, status: null })} />;
}

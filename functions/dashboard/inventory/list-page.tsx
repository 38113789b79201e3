import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { isId } from '#db/ids.ts';
import {
  getProductList,
  type ProductList,
  type ProductView,
  productView,
} from '#src/catalog/product-list.ts';
import { getProduct, type Product } from '#src/catalog/queries.ts';
import { staffOf, type StaffViewer } from '#src/context.ts';
import type { AppEnv } from '../../app-env.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { FilterSelect } from '../../views/filter-select.tsx';
import { askedRow } from '../../views/in-place.tsx';
import { Page } from '../../views/page.tsx';
import { Pages } from '../../views/pagination.tsx';
import { SearchBox } from '../../views/search-box.tsx';
import { dashboardPage } from '../dashboard-page.tsx';
import { EXPORT_PATH, IMPORT_PATH, LIST_PATH, listHref, NEW_PATH, sortParameter } from './paths.ts';
import { BulkActions, type BulkProblem } from './bulk-actions.tsx';
import { ClosestProducts } from '../../views/closest-products.tsx';
import { NoMatch, NoProductsYet, PageIsGone } from './no-products.tsx';
import { type InlineEdit, ProductsTable } from './products-table.tsx';

const PAGE_SIZE = 25;

/** What of the list is being edited, or could not be done. */
type ListState = { edit?: InlineEdit | undefined; bulk?: BulkProblem };
/** The same of one row, and what is said of it when it was saved. */
type RowState = { edit?: InlineEdit | undefined; saved?: Child };
type Status = 200 | 409 | 422;

/** The list that the address asks for; to htmx, which asks for one row, that row alone. */
export async function listPage(
  c: Context<AppEnv>,
  state: ListState = {},
  status: Status = 200,
): Promise<Response> {
  const { ctx } = c.var;
  const row = askedRow(c.req.header('HX-Target'));
  if (row !== undefined && isId('product', row)) {
    return rowAnswer(c, await getProduct(ctx, row), state, status);
  }
  const view = productView(c.req.query());
  const list = await getProductList(ctx, view, PAGE_SIZE);
  const isEmpty = list.total === 0;
  return dashboardPage(
    c,
    { title: 'Inventory', status, ...(!isEmpty && { scripts: ['htmx', 'sheet'] }) },
    <Page title="Inventory" actions={<Actions view={view} isEmpty={isEmpty} />}>
      {isEmpty ? (
        <NoProductsYet />
      ) : (
        <Products view={view} list={list} state={state} staff={staffOf(ctx)} />
      )}
    </Page>,
  );
}

/** One row of the list, as `LiveRows` takes it. */
export async function rowAnswer(
  c: Context<AppEnv>,
  product: Product,
  { edit, saved }: RowState = {},
  status: Status = 200,
): Promise<Response> {
  const view = productView(c.req.query());
  const locale = staffOf(c.var.ctx);
  return c.html(
    <>
      <ProductsTable view={view} products={[product]} locale={locale} edit={edit} />
      {saved}
    </>,
    status,
  );
}

function Actions({ view, isEmpty }: { view: ProductView; isEmpty: boolean }) {
  if (isEmpty) return null;
  return (
    <>
      <span id="inventory-export">
        <Button href={listHref(view, {}, EXPORT_PATH)} icon="download" download>
          Export CSV
        </Button>
      </span>
      <Button href={IMPORT_PATH} icon="upload">
        Import CSV
      </Button>
      <Button href={NEW_PATH} icon="plus" variant="primary">
        Add product
      </Button>
    </>
  );
}

type ProductsProps = {
  view: ProductView;
  list: ProductList;
  state: ListState;
  staff: StaffViewer;
};

function Products({ view, list, state, staff }: ProductsProps) {
  const ticked = [state.bulk?.values['ids'] ?? []].flat().map(String);
  return (
    <Card toolbar={<Filters view={view} categories={list.categories} />} flush>
      <div id="inventory">
        {list.isNear && <ClosestProducts text={view.search ?? ''} />}
        {list.page.rows.length > 0 ? (
          <>
            <ProductsTable
              view={view}
              products={list.page.rows}
              locale={staff}
              edit={state.edit}
              ticked={ticked.filter((id) => isId('product', id))}
            />
            <BulkActions view={view} problem={state.bulk} />
          </>
        ) : (
          <Nothing view={view} />
        )}
        <Pages
          page={list.page}
          view={view}
          href={(place) => listHref(view, place)}
          thing="product"
          total={isFiltered(view) ? undefined : list.total}
        />
      </div>
    </Card>
  );
}

function Filters({ view, categories }: { view: ProductView; categories: readonly string[] }) {
  const { category } = view;
  const known = category === undefined || categories.includes(category);
  return (
    <SearchBox
      action={LIST_PATH}
      label="Search products by name, SKU, category or description"
      placeholder="Search products"
      value={view.search}
      hidden={{ sort: sortParameter(view) }}
      live="#inventory"
      alsoLive="#inventory-export"
    >
      <FilterSelect
        name="category"
        label="Category"
        value={category}
        options={[
          { value: '', label: 'All categories' },
          ...(known ? categories : [...categories, category]).map((name) => ({
            value: name,
            label: name,
          })),
        ]}
      />
      <FilterSelect
        name="active"
        label="Status"
        value={view.active === undefined ? '' : String(view.active)}
        options={[
          { value: '', label: 'All statuses' },
          { value: 'true', label: 'Active' },
          { value: 'false', label: 'Inactive' },
        ]}
      />
      <FilterSelect
        name="stock"
        label="Stock"
        value={view.low ? 'low' : ''}
        options={[
          { value: '', label: 'Any stock' },
          { value: 'low', label: 'Low stock' },
        ]}
      />
    </SearchBox>
  );
}

function isFiltered({ search, category, active, low }: ProductView): boolean {
  return [search, category, active, low].some((filter) => filter !== undefined);
}

function Nothing({ view }: { view: ProductView }) {
  const firstPage = listHref(view);
  if (view.cursor !== undefined) return <PageIsGone firstPage={firstPage} />;
  const cleared = listHref(view, { q: null, category: null, active: null, stock: null });
  return <NoMatch view={view} cleared={cleared} />;
}

import { type Context, Hono } from 'hono';
import type { Id } from '#db/ids.ts';
import { type StoreCatalog, getStoreCatalog } from '#src/catalog/store-catalog.ts';
import { type StoreView, storeView } from '#src/catalog/store-view.ts';
import { type CustomerViewer, customerOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { customerRoleMay } from '#src/permissions.ts';
import type { AppEnv } from '../../app-env.ts';
import { Card } from '../../views/card.tsx';
import { ClosestProducts } from '../../views/closest-products.tsx';
import { FilterSelect } from '../../views/filter-select.tsx';
import { Row } from '../../views/layout.tsx';
import { Page } from '../../views/page.tsx';
import { Pages } from '../../views/pagination.tsx';
import { SearchBox } from '../../views/search-box.tsx';
import { storePage } from '../store-page.tsx';
import { storePath } from '../store-path.ts';
import type { RefusedQuantity } from './buy-form.tsx';
import { catalogHref, sameHref, sortValue } from './catalog-href.ts';
import { AskStore, NoProducts } from './no-products.tsx';
import { ProductCard } from './product-card.tsx';

const PAGE = '/catalog';

/** `/store/{slug}/catalog`; all of its state lives in the address, and the cart on the server. */
export const catalog = new Hono<AppEnv>().get('/:slug/catalog', (c) =>
  catalogPage(c, storeView(c.req.query())),
);

/** A quantity that could not be taken, and of which product. */
type Problem = RefusedQuantity & { product: Id<'product'> };

/** The page this view is of, perhaps with a quantity that could not be taken. */
export async function catalogPage(
  c: Context<AppEnv>,
  view: StoreView,
  problem?: Problem,
): Promise<Response> {
  const found = await getStoreCatalog(c.var.ctx, view);
  const me = customerOf(c.var.ctx);
  if (problem && !customerRoleMay(me.role, 'own_orders:write')) {
    throw new AppError('forbidden', 'Your role does not allow this.');
  }
  return storePage(
    c,
    { title: 'Catalog', scripts: ['htmx', 'app', 'store'], status: problem ? 422 : 200 },
    <Catalog view={view} found={found} me={me} problem={problem} />,
  );
}

type Props = {
  view: StoreView;
  found: StoreCatalog;
  me: CustomerViewer;
  problem?: Problem | undefined;
};

function Catalog(props: Props) {
  const { view, found, me } = props;
  const path = storePath(me, PAGE);
  return (
    <Page title="Catalog">
      <Card toolbar={<Filters {...props} />} flush>
        <div id="products">
          {found.isNear && (
            <ClosestProducts text={view.search ?? ''}>
              <Row>
                <AskStore search={view.search ?? ''} store={me} />
              </Row>
            </ClosestProducts>
          )}
          {found.page.rows.length > 0 ? (
            <Products {...props} />
          ) : (
            <NoProducts view={view} path={path} store={me} />
          )}
          <Pages page={found.page} view={view} href={(place) => catalogHref(path, view, place)} />
        </div>
      </Card>
    </Page>
  );
}

const SORTS = [
  { value: '-popular', label: 'Often bought' },
  { value: 'price', label: 'Price, low to high' },
  { value: '-price', label: 'Price, high to low' },
  { value: '-stock', label: 'Most in stock' },
];

/** Where a text is searched, the best match is the first choice. */
function sortsOf({ search }: StoreView) {
  return search === undefined
    ? [{ value: '', label: 'Name' }, ...SORTS]
    : [{ value: '', label: 'Best match' }, { value: 'name', label: 'Name' }, ...SORTS];
}

function Filters({ view, found, me }: Props) {
  const categories = found.categories.map((name) => ({ value: name, label: name }));
  return (
    <SearchBox
      action={storePath(me, PAGE)}
      label="Search products by name, SKU, category or description"
      placeholder="Search products or SKU"
      value={view.search}
      live="#products"
      alsoLive="#sort-by"
    >
      <FilterSelect
        name="category"
        label="Category"
        value={view.category}
        options={[{ value: '', label: 'All categories' }, ...categories]}
      />
      <FilterSelect
        id="sort-by"
        name="sort"
        label="Sort by"
        value={sortValue(view)}
        options={sortsOf(view)}
      />
    </SearchBox>
  );
}

function Products({ view, found, me, problem }: Props) {
  const back = sameHref(storePath(me, PAGE), view);
  return (
    <ul class="products">
      {found.page.rows.map((product) => (
        <ProductCard
          product={product}
          currency={me.currency}
          mayOrder={customerRoleMay(me.role, 'own_orders:write')}
          cart={storePath(me, '/cart')}
          back={back}
          refused={problem?.product === product.id ? problem : undefined}
        />
      ))}
    </ul>
  );
}

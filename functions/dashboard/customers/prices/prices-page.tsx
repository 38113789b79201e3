import type { CustomerPrices } from '#src/prices/price-page.ts';
import type { PriceView } from '#src/prices/queries.ts';
import { Button } from '../../../views/button.tsx';
import { Card } from '../../../views/card.tsx';
import { EmptyState } from '../../../views/empty-state.tsx';
import { htmlBytes } from '../../../views/fitted.ts';
import { Stack } from '../../../views/layout.tsx';
import { nameOf } from '../../../views/name-of.ts';
import { Page } from '../../../views/page.tsx';
import { Pages } from '../../../views/pagination.tsx';
import { queryHref } from '../../../views/query-href.ts';
import { SearchBox } from '../../../views/search-box.tsx';
import { LIST_PATH, pricesPath, profilePath, rowPlace } from '../paths.ts';
import { AddPrice, ManyPrices, type RefusedList } from './add-prices.tsx';
import { PriceTable, type RefusedPrice } from './price-table.tsx';

/** A refused list that is longer leaves no room for the prices. */
const LONG_LIST_BYTES = 50_000;

type Props = {
  prices: CustomerPrices;
  view: PriceView;
  currency: string;
  problem: PricesProblem;
};

/** What could not be saved, as it was typed. */
export type PricesProblem = { price?: RefusedPrice; list?: RefusedList };

/** All prices one customer has of their own. */
export function PricesPage({ prices, view, currency, problem }: Props) {
  const { customer, page, total, candidates } = prices;
  const path = pricesPath(customer.id);
  const isLong = htmlBytes(problem.list?.list ?? '') > LONG_LIST_BYTES;
  const firstPage = { q: view.search, add: view.add };
  return (
    <Page
      title="Custom prices"
      lead={`What ${nameOf(customer)} pays instead of the catalog's prices, from the next page they load and the next order they place.`}
      breadcrumbs={[
        { label: 'Customers', href: LIST_PATH },
        { label: nameOf(customer), href: profilePath(customer.id) },
      ]}
      actions={
        <Button href="#many" icon="upload">
          Many at once
        </Button>
      }
    >
      <Stack>
        {!isLong && (
          <>
            <AddPrice
              customer={customer.id}
              view={view}
              candidates={candidates}
              isNear={prices.isNear}
              currency={currency}
              refused={problem.price}
            />
            <Card
              id="own-prices"
              flush
              toolbar={
                total > 0 && (
                  <SearchBox
                    action={path}
                    label="Search custom prices by product"
                    placeholder="Search product or SKU"
                    value={view.search}
                    hidden={{ add: view.add }}
                    live="#prices"
                    alsoLive="#add-price:outerMorph"
                  />
                )
              }
            >
              <div id="prices">
                {page.rows.length > 0 ? (
                  <PriceTable
                    customer={customer.id}
                    prices={page.rows}
                    currency={currency}
                    place={rowPlace(view)}
                    refused={problem.price}
                  />
                ) : (
                  <NoPrices total={total} view={view} firstPage={queryHref(path, firstPage)} />
                )}
                <Pages
                  page={page}
                  view={view}
                  href={(place) => queryHref(path, firstPage, place)}
                  thing="custom price"
                  total={view.search === undefined ? total : undefined}
                />
              </div>
            </Card>
          </>
        )}
        <ManyPrices customer={customer.id} view={view} currency={currency} refused={problem.list} />
      </Stack>
    </Page>
  );
}

type NoPricesProps = { total: number; view: PriceView; firstPage: string };

function NoPrices({ total, view, firstPage }: NoPricesProps) {
  if (total === 0) {
    return (
      <EmptyState title="No custom prices" icon="tag">
        This customer pays the catalog price for everything.
      </EmptyState>
    );
  }
  if (view.cursor !== undefined) {
    return (
      <EmptyState
        title="No custom prices on this page any more"
        icon="tag"
        actions={<Button href={firstPage}>Go to the first page</Button>}
      />
    );
  }
  return (
    <EmptyState title="No match" icon="tag">
      No product with a custom price matches.
    </EmptyState>
  );
}

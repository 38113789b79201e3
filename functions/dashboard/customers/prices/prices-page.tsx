import { countOf } from '#src/lib/format-number.ts';
import type { CustomerPrices } from '#src/prices/price-page.ts';
import type { PriceView } from '#src/prices/queries.ts';
import { Card } from '../../../views/card.tsx';
import { EmptyState } from '../../../views/empty-state.tsx';
import { Columns, Stack } from '../../../views/layout.tsx';
import { Page } from '../../../views/page.tsx';
import { Pagination } from '../../../views/pagination.tsx';
import { SearchBox } from '../../../views/search-box.tsx';
import { LIST_PATH, nameOf, pricesPath, profilePath } from '../addresses.ts';
import { AddPrice, ManyPrices, type RefusedList } from './add-prices.tsx';
import { PriceTable, type RefusedPrice } from './price-table.tsx';

type Props = {
  prices: CustomerPrices;
  view: PriceView;
  currency: string;
  nextHref: string | undefined;
  problem: { price?: RefusedPrice; list?: RefusedList };
};

/** All prices one customer has of their own. */
export function PricesPage({ prices, view, currency, nextHref, problem }: Props) {
  const { customer, page, total, candidates } = prices;
  return (
    <Page
      title="Custom prices"
      lead={`What ${nameOf(customer)} pays instead of the catalog's prices, from the next page they load and the next order they place.`}
      breadcrumbs={[
        { label: 'Customers', href: LIST_PATH },
        { label: nameOf(customer), href: profilePath(customer.id) },
      ]}
    >
      <Columns of="main">
        <Card
          flush
          toolbar={
            total > 0 && (
              <SearchBox
                action={pricesPath(customer.id)}
                label="Search custom prices by product"
                placeholder="Search product or SKU"
                value={view.search}
                live="#prices"
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
                refused={problem.price}
              />
            ) : (
              <EmptyState title={total === 0 ? 'No custom prices' : 'No match'} icon="tag">
                {total === 0
                  ? 'This customer pays the catalog price for everything.'
                  : 'No product with a custom price matches.'}
              </EmptyState>
            )}
            <Pagination
              previousHref={view.after && pricesPath(customer.id)}
              nextHref={nextHref}
              {...(total > 0 && { summary: countOf(total, 'custom price') })}
            />
          </div>
        </Card>
        <Stack>
          <AddPrice
            customer={customer.id}
            words={view.add}
            candidates={candidates}
            currency={currency}
            refused={problem.price}
          />
          <ManyPrices customer={customer.id} refused={problem.list} />
        </Stack>
      </Columns>
    </Page>
  );
}

import type { Id } from '#db/ids.ts';
import type { RowMessage } from '#src/lib/csv-parse.ts';
import { countOf } from '#src/lib/format-number.ts';
import { amountText } from '#src/lib/money.ts';
import { currencyOf } from '#src/lib/typed.ts';
import type { PricedProduct, PriceView } from '#src/prices/queries.ts';
import { Button } from '../../../views/button.tsx';
import { Card } from '../../../views/card.tsx';
import { EmptyState } from '../../../views/empty-state.tsx';
import { Field } from '../../../views/field.tsx';
import { fitted, shortName } from '../../../views/fitted.ts';
import { Form, FormActions } from '../../../views/form.tsx';
import { InlineForm } from '../../../views/inline-form.tsx';
import { Notice } from '../../../views/notice.tsx';
import { queryHref } from '../../../views/query-href.ts';
import { SearchBox } from '../../../views/search-box.tsx';
import { Table } from '../../../views/table.tsx';
import { ClosestProducts } from '../../../views/closest-products.tsx';
import { pricePath, priceQuery, pricesPath, rowPlace } from '../paths.ts';
import { productColumns, type RefusedPrice } from './price-table.tsx';

type AddProps = {
  customer: Id<'customer'>;
  view: PriceView;
  candidates: PricedProduct[];
  /** They only look like the text. */
  isNear: boolean;
  currency: string;
  refused: RefusedPrice | undefined;
};

/** Finds a product, and gives it a price for this customer. */
export function AddPrice({ customer, view, candidates, isNear, currency, refused }: AddProps) {
  const { add, ...place } = priceQuery(view);
  return (
    <Card
      id="add-price"
      title="Add a price"
      description="Find the product by name, SKU or category."
    >
      <SearchBox
        action={pricesPath(customer)}
        label="Find a product to price"
        placeholder="Find a product"
        name="add"
        value={add}
        hidden={place}
        live="#candidates"
        alsoLive="#own-prices:outerMorph"
      />
      <div id="candidates">
        {isNear && <ClosestProducts text={add ?? ''} />}
        {candidates.length > 0 && (
          <Table
            caption="Products to price"
            rows={candidates}
            columns={[
              ...productColumns(currency),
              {
                header: 'Custom price',
                cell: ({ productId, name, priceCents, ownCents }) => {
                  const problem = refused?.product === productId ? refused : undefined;
                  return (
                    <InlineForm
                      action={queryHref(pricePath(customer, productId), rowPlace(view))}
                      hidden={{ seen: problem?.seen ?? ownCents ?? '' }}
                      name="price"
                      label={`Custom price of ${shortName(name)}`}
                      value={problem?.typed ?? amountText(ownCents ?? priceCents)}
                      currency={currency}
                      error={problem?.message}
                      save={ownCents === null ? 'Add' : 'Save'}
                    />
                  );
                },
              },
            ]}
          />
        )}
        {add !== undefined && candidates.length === 0 && (
          <EmptyState title="No products found" icon="search">
            No product without a custom price matches. Check the spelling or try fewer words.
          </EmptyState>
        )}
      </div>
    </Card>
  );
}

/** A price list that could not be taken: what was pasted, and what is wrong with which row. */
export type RefusedList = { list: string; issues: RowMessage[]; fileProblem?: string };

const ISSUES_SHOWN = 20;

/** Many prices at once. */
export function ManyPrices({
  customer,
  view,
  currency,
  refused,
}: {
  customer: Id<'customer'>;
  view: PriceView;
  currency: string;
  refused: RefusedList | undefined;
}) {
  const issues = refused?.issues ?? [];
  return (
    <Card
      title="Many at once"
      description="A SKU and a price a row, pasted from a spreadsheet or as a CSV file. Prices that are not in it stay as they are."
      id="many"
    >
      {issues.length > 0 && (
        <Notice tone="danger" title="Nothing was changed">
          <ul>
            {issues.slice(0, ISSUES_SHOWN).map(({ row, message }) => (
              <li>
                Row {row}: {fitted(message, 300)}
              </li>
            ))}
          </ul>
          {issues.length > ISSUES_SHOWN &&
            `And ${countOf(issues.length - ISSUES_SHOWN, 'more row')}.`}
        </Notice>
      )}
      <Form
        action={queryHref(`${pricesPath(customer)}/list`, priceQuery(view))}
        values={{ list: refused?.list }}
        errors={refused?.fileProblem === undefined ? {} : { file: [refused.fileProblem] }}
        hidden={{ [currencyOf('list')]: currency }}
        multipart
      >
        <Field
          name="list"
          type="textarea"
          label="SKU and price"
          placeholder={'OIL-EVO-5L\t42.50\nFLR-T55-25\t18'}
          autofocus={issues.length > 0}
        />
        <Field
          name="file"
          type="file"
          label="Or a CSV file"
          accept=".csv,.txt,.tsv,text/csv,text/plain"
        />
        <FormActions>
          <Button>Set prices</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

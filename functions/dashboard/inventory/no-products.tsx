import type { ProductFilter } from '#src/catalog/product-list.ts';
import { shorten } from '#src/lib/shorten.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { IMPORT_PATH, NEW_PATH } from './paths.ts';

const SHOWN_CHARACTERS = 80;

/** Before the first product: the two ways they come in. */
export function NoProductsYet() {
  return (
    <Card flush>
      <EmptyState
        title="No products yet"
        icon="package"
        actions={
          <>
            <Button variant="primary" href={NEW_PATH} icon="plus">
              Add your first product
            </Button>
            <Button href={IMPORT_PATH} icon="upload">
              Import CSV
            </Button>
          </>
        }
      >
        What you sell, with its price and its stock. Add one by hand, or bring a whole list from a
        spreadsheet: you see what will happen before it does. Your storefront shows what is active.
      </EmptyState>
    </Card>
  );
}

/** A filter that no product passes. */
export function NoMatch({ view, cleared }: { view: ProductFilter; cleared: string }) {
  const { search, low } = view;
  return (
    <EmptyState
      title={low && search === undefined ? 'No stock is low' : 'No products found'}
      icon="search"
      actions={<Button href={cleared}>Clear filters</Button>}
    >
      {search !== undefined &&
        `We couldn't find “${shorten(search, SHOWN_CHARACTERS)}”. Check the spelling or try fewer words.`}
    </EmptyState>
  );
}

/** An address of a page whose products have gone since. */
export function PageIsGone({ firstPage }: { firstPage: string }) {
  return (
    <EmptyState
      title="No products on this page any more"
      icon="package"
      actions={<Button href={firstPage}>Go to the first page</Button>}
    />
  );
}

import type { StoreView } from '#src/catalog/store-view.ts';
import { shorten } from '#src/lib/shorten.ts';
import { Button } from '../../views/button.tsx';
import { EmptyState } from '../../views/empty-state.tsx';

const SHOWN_CHARACTERS = 80;

type Props = { view: StoreView; path: string; companyName: string };

/** A page of the catalogue without a product: there are none, none match, or they have gone since. */
export function NoProducts({ view, path, companyName }: Props) {
  const { search, category } = view;
  if (search !== undefined || category !== undefined) {
    return (
      <EmptyState
        title="No product matches"
        icon="search"
        actions={<Button href={path}>Clear filters</Button>}
      >
        {search !== undefined &&
          `Nothing ${category === undefined ? '' : `in ${category} `}has “${shorten(search, SHOWN_CHARACTERS)}” in its name, SKU, category or description.`}
      </EmptyState>
    );
  }
  if (view.cursor !== undefined) {
    return (
      <EmptyState
        title="No products on this page any more"
        icon="store"
        actions={<Button href={path}>Go to the first page</Button>}
      />
    );
  }
  return (
    <EmptyState title="No products yet" icon="store">
      {companyName} has not added products to this store. There is nothing to order yet.
    </EmptyState>
  );
}

import type { StoreView } from '#src/catalog/store-view.ts';
import type { Store } from '#src/context.ts';
import { shorten } from '#src/lib/shorten.ts';
import { Button } from '../../views/button.tsx';
import { mailHref, phoneHref } from '../../views/contact-href.ts';
import { EmptyState } from '../../views/empty-state.tsx';
import { catalogHref } from './catalog-href.ts';

const SHOWN_CHARACTERS = 80;

type Props = { view: StoreView; path: string; store: Store };

/** A page of the catalogue without a product: there are none, none match, or they have gone since. */
export function NoProducts({ view, path, store }: Props) {
  const { search, category } = view;
  if (view.cursor !== undefined) {
    return (
      <EmptyState
        title="No products on this page any more"
        icon="store"
        actions={<Button href={catalogHref(path, view)}>Go to the first page</Button>}
      />
    );
  }
  if (search !== undefined) {
    const text = shorten(search, SHOWN_CHARACTERS);
    return (
      <EmptyState
        title="No products found"
        icon="search"
        actions={
          <>
            {category !== undefined && (
              <Button href={catalogHref(path, view, { category: null })}>
                Search all categories
              </Button>
            )}
            <Button href={catalogHref(path, view, { q: null })}>Clear search</Button>
            <AskStore search={search} store={store} />
          </>
        }
      >
        {`We couldn't find “${text}”${category === undefined ? '' : ` in ${category}`}. Check the spelling or try fewer words.`}
      </EmptyState>
    );
  }
  if (category !== undefined) {
    return (
      <EmptyState
        title="No products found"
        icon="search"
        actions={<Button href={catalogHref(path, view, { category: null })}>Clear filters</Button>}
      >
        {`There are no products in ${category}.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No products yet" icon="store">
      {store.companyName} has not added products to this store. There is nothing to order yet.
    </EmptyState>
  );
}

/** The ways to ask the company for what was not found, as far as it has named them. */
export function AskStore({ search, store }: { search: string; store: Store }) {
  const { companyName, contactEmail, contactPhone } = store;
  const subject = `Do you have “${shorten(search, SHOWN_CHARACTERS)}”?`;
  return (
    <>
      {contactEmail !== null && (
        <Button href={mailHref(contactEmail, subject)} icon="mail">
          {`Ask ${companyName}`}
        </Button>
      )}
      {contactPhone !== null && (
        <Button href={phoneHref(contactPhone)}>{`Call ${contactPhone}`}</Button>
      )}
    </>
  );
}

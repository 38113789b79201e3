import type { StoreContact } from '#src/catalog/store-catalog.ts';
import type { StoreView } from '#src/catalog/store-view.ts';
import { shorten } from '#src/lib/shorten.ts';
import { Button } from '../../views/button.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { Prose, Row } from '../../views/layout.tsx';
import { catalogHref } from './catalog-href.ts';

const SHOWN_CHARACTERS = 80;

type Asked = { view: StoreView; contact: StoreContact; companyName: string };

/** Stands before products that only look like the text: none has all of its words. */
export function ClosestProducts({ view: { search = '' }, contact, companyName }: Asked) {
  const text = shorten(search, SHOWN_CHARACTERS);
  return (
    <div class="closest">
      <Prose>{`No exact match for “${text}”. Closest products:`}</Prose>
      {(contact.email ?? contact.phone) !== null && (
        <Row>
          <AskStore text={text} contact={contact} companyName={companyName} />
        </Row>
      )}
    </div>
  );
}

/** A page of the catalogue without a product: there are none, none match, or they have gone since. */
export function NoProducts({ path, ...asked }: Asked & { path: string }) {
  const { view, companyName } = asked;
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
            <AskStore text={text} {...asked} />
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
      {companyName} has not added products to this store. There is nothing to order yet.
    </EmptyState>
  );
}

/** The ways to ask the company for what was not found, as far as it has named them. */
function AskStore({
  text,
  contact: { email, phone },
  companyName,
}: Omit<Asked, 'view'> & { text: string }) {
  const subject = encodeURIComponent(`Do you have “${text}”?`);
  return (
    <>
      {email !== null && (
        <Button href={`mailto:${encodeURI(email)}?subject=${subject}`} icon="mail">
          {`Ask ${companyName}`}
        </Button>
      )}
      {phone !== null && (
        <Button href={`tel:${phone.replaceAll(/[^\d+]/gu, '')}`}>{`Call ${phone}`}</Button>
      )}
    </>
  );
}

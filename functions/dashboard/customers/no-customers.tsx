import type { CustomerFilter } from '#src/customers/customer-list.ts';
import { shorten } from '#src/lib/shorten.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { CopyField } from '../../views/copy-field.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { Columns, Prose, Row, Stack } from '../../views/layout.tsx';
import { IMPORT_PATH } from './paths.ts';

const SHOWN_CHARACTERS = 80;

/** Before the first customer: the two ways they come in ("Adding customers"). */
export function NoCustomersYet({ storefront }: { storefront: string }) {
  return (
    <>
      <Card flush>
        <EmptyState title="No customers yet" icon="users">
          They sign up at your storefront, or you bring them over from a spreadsheet.
        </EmptyState>
      </Card>
      <Columns of={2}>
        <Card
          title="Let them sign up"
          description="Share the link. Whoever registers there appears here, ready to order."
        >
          <CopyField
            id="storefront"
            label="Sign-up link of your storefront"
            value={`${storefront}/register`}
          />
        </Card>
        <Card
          title="Import a list"
          description="From a CSV file with one email a row. You see what will happen before it does."
        >
          <Stack>
            <Prose>
              Imported customers have no password: they choose one through “Forgot password” at your
              storefront.
            </Prose>
            <Row>
              <Button variant="primary" href={IMPORT_PATH} icon="upload">
                Import CSV
              </Button>
            </Row>
          </Stack>
        </Card>
      </Columns>
    </>
  );
}

/** A filter that nobody passes. */
export function NoMatch({ view, cleared }: { view: CustomerFilter; cleared: string }) {
  const { search, status } = view;
  return (
    <EmptyState
      title={status ? `No ${status.toLowerCase()} customer matches` : 'No customer matches'}
      icon="search"
      actions={<Button href={cleared}>Clear filters</Button>}
    >
      {search &&
        `${status ? 'None of them' : 'Nobody'} has “${shorten(search, SHOWN_CHARACTERS)}” in their name or email.`}
    </EmptyState>
  );
}

/** An address of a page whose customers have gone since, as an undone import takes them. */
export function PageIsGone({ firstPage }: { firstPage: string }) {
  return (
    <EmptyState
      title="No customers on this page any more"
      icon="users"
      actions={<Button href={firstPage}>Go to the first page</Button>}
    />
  );
}

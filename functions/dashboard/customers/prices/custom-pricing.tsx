import type { CustomerProfile } from '#src/customers/customer-profile.ts';
import { countOf } from '#src/lib/format-number.ts';
import { Button } from '../../../views/button.tsx';
import { Card } from '../../../views/card.tsx';
import { EmptyState } from '../../../views/empty-state.tsx';
import { IN_PROFILE, pricesPath } from '../paths.ts';
import { PriceTable, type RefusedPrice } from './price-table.tsx';

type Props = { profile: CustomerProfile; currency: string; refused: RefusedPrice | undefined };

/** What the customer pays instead of the catalogue's prices, or the first of it. */
export function CustomPricing({ profile, currency, refused }: Props) {
  const { customer, prices, priceCount } = profile;
  return (
    <Card
      title="Custom pricing"
      actions={
        <Button href={pricesPath(customer.id)}>
          {priceCount > prices.length ? `All ${countOf(priceCount, 'price')}` : 'Add prices'}
        </Button>
      }
      flush
    >
      {prices.length > 0 ? (
        <PriceTable
          customer={customer.id}
          prices={prices}
          currency={currency}
          place={IN_PROFILE}
          refused={refused}
        />
      ) : (
        <EmptyState title="No custom prices" icon="tag">
          This customer pays the catalog price for everything.
        </EmptyState>
      )}
    </Card>
  );
}

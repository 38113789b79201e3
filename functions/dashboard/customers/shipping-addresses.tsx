import type { Address } from '#src/addresses/queries.ts';
import { Badge } from '../../views/badge.tsx';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { Columns, Prose, Row, Stack } from '../../views/layout.tsx';

/** Where the customer has things delivered: theirs to change, at the storefront. */
export function ShippingAddresses({ addresses }: { addresses: Address[] }) {
  if (addresses.length === 0) {
    return (
      <Card title="Shipping addresses" flush>
        <EmptyState title="No addresses yet" icon="house">
          The customer adds them at your storefront.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card
      title="Shipping addresses"
      description="The customer keeps them up to date at your storefront."
    >
      <Columns of={2}>
        {addresses.map((address) => (
          <Stack gap="tight">
            <Row>
              <strong>{address.label}</strong>
              {address.isDefault && <Badge>Default</Badge>}
            </Row>
            <Prose>
              {lines(address).map((line) => (
                <div>{line}</div>
              ))}
            </Prose>
          </Stack>
        ))}
      </Columns>
    </Card>
  );
}

/** As on an envelope. */
function lines({ line1, line2, city, region, postalCode, country }: Address): string[] {
  const place = [city, [region, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [line1, line2, place, country].filter((line) => line !== null);
}

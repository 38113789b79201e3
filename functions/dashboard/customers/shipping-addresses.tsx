import type { Address } from '#src/addresses/queries.ts';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { roomForLines } from '../../views/fitted.ts';
import { Columns, Stack } from '../../views/layout.tsx';
import { PostalAddress } from '../../views/postal-address.tsx';

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
  const room = roomForLines(addresses.length);
  return (
    <Card
      title="Shipping addresses"
      description="The customer keeps them up to date at your storefront."
    >
      <Columns of={2}>
        {addresses.map((address) => (
          <Stack gap="tight">
            <PostalAddress address={address} room={room} />
          </Stack>
        ))}
      </Columns>
    </Card>
  );
}

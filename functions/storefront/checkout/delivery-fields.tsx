import { envelopeLines } from '#src/addresses/envelope-lines.ts';
import type { Address } from '#src/addresses/queries.ts';
import type { CheckoutForm } from '#src/orders/checkout-form.ts';
import { AddressFields } from '../../views/address-fields.tsx';
import { ChoicesField } from '../../views/check-field.tsx';
import { Disclosure } from '../../views/disclosure.tsx';
import { fitted, roomForLines } from '../../views/fitted.ts';
import type { FormErrors } from '../../views/form.tsx';
import { Prose, Stack } from '../../views/layout.tsx';

type Props = { addresses: Address[]; form: CheckoutForm | undefined; errors: FormErrors };

const FIELDS = ['label', 'line1', 'line2', 'postalCode', 'city', 'region', 'country'] as const;

/** Where to: one of the customer's addresses, or one that is typed for this order. */
export function DeliveryFields({ addresses, form, errors }: Props) {
  const isTyped = FIELDS.some((name) => errors[name] || form?.[name]);
  const room = roomForLines(addresses.length);
  return (
    <Stack>
      {addresses.length > 0 && (
        <ChoicesField
          name="address"
          label="Ship to"
          pick="one"
          choices={[
            ...addresses.map((address) => ({
              value: address.id,
              label: fitted(address.label, room),
              hint: envelopeLines(address)
                .map((line) => fitted(line, room))
                .join(', '),
            })),
            { value: '', label: 'No address', hint: 'As agreed with the store.' },
          ]}
        />
      )}
      <Disclosure
        summary="Another address, for this order only"
        open={isTyped || addresses.length === 0}
      >
        <Stack>
          {addresses.length > 0 && (
            <Prose>Filled in, it takes the place of the one chosen above.</Prose>
          )}
          <AddressFields id="order" named="optional" />
        </Stack>
      </Disclosure>
    </Stack>
  );
}

import type { Address } from '#src/addresses/queries.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import { Disclosure } from '../../views/disclosure.tsx';
import { Prose, Row, Stack } from '../../views/layout.tsx';
import { AddressForm } from './address-form.tsx';
import type { RefusedForm } from '../../views/form.tsx';

type Props = { path: string; address: Address; mayEdit: boolean; edit: RefusedForm | undefined };

/** One of the customer's addresses; for those who may, with what changes it. */
export function AddressItem({ path, address, mayEdit, edit }: Props) {
  const { id, label, isDefault } = address;
  const action = `${path}/${id}`;
  return (
    <Stack gap="tight">
      <Row>
        <strong>{label}</strong>
        {isDefault && <Badge tone="info">Default</Badge>}
      </Row>
      <Prose>
        {lines(address).map((line) => (
          <div>{line}</div>
        ))}
      </Prose>
      {mayEdit && (
        <Disclosure summary={`Edit ${label}`} open={edit !== undefined}>
          <AddressForm
            id={id}
            action={action}
            button="Save address"
            values={edit?.values ?? address}
            errors={edit?.errors ?? {}}
          >
            <Button opens={`delete-${id}`} icon="trash-2">
              Delete
            </Button>
          </AddressForm>
        </Disclosure>
      )}
      {mayEdit && (
        <ConfirmDialog
          id={`delete-${id}`}
          title={`Delete “${label}”?`}
          action={`${action}/delete`}
          confirm="Delete address"
          danger
        >
          Orders that went there keep the address they were placed with.
        </ConfirmDialog>
      )}
    </Stack>
  );
}

/** As on an envelope. */
function lines({ line1, line2, city, region, postalCode, country }: Address): string[] {
  const place = [city, [region, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [line1, line2, place, country].filter((line) => line !== null);
}

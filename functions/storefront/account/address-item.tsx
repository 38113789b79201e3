import type { Address } from '#src/addresses/queries.ts';
import { Button } from '../../views/button.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import { Disclosure } from '../../views/disclosure.tsx';
import { fitted } from '../../views/fitted.ts';
import { Stack } from '../../views/layout.tsx';
import { PostalAddress } from '../../views/postal-address.tsx';
import { AddressForm } from './address-form.tsx';
import type { RefusedForm } from '../../views/form.tsx';

/** The form holds the address whole. */
const LINE_BYTES = 400;
const NAME_BYTES = 200;

type Props = {
  path: string;
  /** The query of the page's address, for what leads back to it. */
  place: string;
  address: Address;
  mayEdit: boolean;
  edit: RefusedForm | undefined;
};

/** One of the customer's addresses; for those who may, with what changes it. */
export function AddressItem({ path, place, address, mayEdit, edit }: Props) {
  const { id } = address;
  const label = fitted(address.label, NAME_BYTES);
  const action = `${path}/${id}`;
  return (
    <Stack gap="tight">
      <PostalAddress address={address} room={LINE_BYTES} />
      {mayEdit && (
        <Disclosure summary={`Edit ${label}`} open={edit !== undefined}>
          <AddressForm
            id={id}
            action={`${action}${place}`}
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
          action={`${action}/delete${place}`}
          confirm="Delete address"
          danger
        >
          Orders that went there keep the address they were placed with.
        </ConfirmDialog>
      )}
    </Stack>
  );
}

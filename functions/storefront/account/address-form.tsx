import type { Child } from 'hono/jsx';
import { AddressFields } from '../../views/address-fields.tsx';
import { Button } from '../../views/button.tsx';
import { CheckField } from '../../views/check-field.tsx';
import { Form, FormActions, type RefusedForm } from '../../views/form.tsx';

type Props = Omit<RefusedForm, 'message'> & {
  /** Keeps the fields of several such forms on a page apart. */
  id: string;
  action: string;
  button: string;
  /** More buttons. */
  children?: Child;
};

/** An address to type; which lines it takes differs from country to country. */
export function AddressForm({ id, action, button, values, errors, children }: Props) {
  return (
    <Form action={action} values={values} errors={errors} guard>
      <AddressFields id={id} named="required" />
      <CheckField
        name="isDefault"
        label="Default address"
        hint="It takes the place of the one before."
      />
      <FormActions>
        <Button>{button}</Button>
        {children}
      </FormActions>
    </Form>
  );
}

import type { Child } from 'hono/jsx';
import { Button } from '../../views/button.tsx';
import { CheckField } from '../../views/check-field.tsx';
import { Field } from '../../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../../views/form.tsx';
import { Columns } from '../../views/layout.tsx';

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
      <Field
        name="label"
        id={`label-${id}`}
        label="Name"
        hint="What you call it, such as Kitchen or Back door."
        autocomplete="off"
        required
      />
      <Field
        name="line1"
        id={`line1-${id}`}
        label="Address"
        autocomplete="address-line1"
        required
      />
      <Field
        name="line2"
        id={`line2-${id}`}
        label="Second line"
        autocomplete="address-line2"
        optional
      />
      <Columns of={2}>
        <Field
          name="postalCode"
          id={`postal-code-${id}`}
          label="Postal code"
          autocomplete="postal-code"
          optional
        />
        <Field name="city" id={`city-${id}`} label="City" autocomplete="address-level2" required />
        <Field
          name="region"
          id={`region-${id}`}
          label="State or region"
          autocomplete="address-level1"
          optional
        />
        <Field
          name="country"
          id={`country-${id}`}
          label="Country"
          autocomplete="country-name"
          optional
        />
      </Columns>
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

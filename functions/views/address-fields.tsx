import { Field } from './field.tsx';
import { Columns } from './layout.tsx';

type Props = {
  /** Keeps the fields of several such forms on a page apart. */
  id: string;
  /** Whether it has to be called something. */
  named: 'required' | 'optional';
};

/** An address to type; which lines it takes differs from country to country. */
export function AddressFields({ id, named }: Props) {
  return (
    <>
      <Field
        name="label"
        id={`label-${id}`}
        label="Name"
        hint="What you call it, such as Kitchen or Back door."
        autocomplete="off"
        {...(named === 'required' ? { required: true } : { optional: true })}
      />
      <Field
        name="line1"
        id={`line1-${id}`}
        label="Address"
        autocomplete="address-line1"
        required={named === 'required'}
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
        <Field
          name="city"
          id={`city-${id}`}
          label="City"
          autocomplete="address-level2"
          required={named === 'required'}
        />
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
    </>
  );
}

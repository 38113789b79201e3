import { Field } from './field.tsx';

/** A new password, typed twice: the form's fields `newPassword` and `repeated`. */
export function NewPasswordFields() {
  return (
    <>
      <Field
        name="newPassword"
        label="New password"
        type="password"
        autocomplete="new-password"
        hint="At least 8 characters."
        required
      />
      <Field
        name="repeated"
        label="Once more"
        type="password"
        autocomplete="new-password"
        required
      />
    </>
  );
}

import { Button } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Field } from '../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../views/form.tsx';
import { NewPasswordFields } from '../views/new-password-fields.tsx';

type Props = Pick<RefusedForm, 'errors' | 'message'> & { action: string };

/** A new password for whoever knows the present one. */
export function ChangePasswordCard({ action, errors, message }: Props) {
  return (
    <Card title="Password" description="Changing it signs all your other browsers out.">
      <Form action={action} errors={errors} message={message}>
        <Field
          name="currentPassword"
          label="Present password"
          type="password"
          autocomplete="current-password"
          required
        />
        <NewPasswordFields />
        <FormActions>
          <Button variant="primary">Change password</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

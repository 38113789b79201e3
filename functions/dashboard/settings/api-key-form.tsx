import { newId } from '#db/ids.ts';
import { scopeLabel } from '#src/api-keys/schema.ts';
import { SCOPES } from '#src/permissions.ts';
import { ConfirmPasswordField } from '../../accounts/confirm-password.tsx';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { ChoicesField } from '../../views/check-field.tsx';
import { Field } from '../../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../../views/form.tsx';

type ApiKeyFormProps = {
  action: string;
  /** The id the new key will have, so that sending this form twice creates one key. */
  id?: string;
  /** The password needs no asking again. */
  confirmed: boolean;
} & RefusedForm;

const CHOICES = SCOPES.map((scope) => ({ value: scope, label: scopeLabel(scope) }));

export function ApiKeyForm(props: ApiKeyFormProps) {
  const { action, id = newId('apiKey'), confirmed, values, errors, message } = props;
  return (
    <Card
      title="Create an API key"
      description="For one program each, so that you can revoke one without stopping the others."
    >
      <Form
        action={action}
        hidden={{ id }}
        values={values ?? { scopes: ['products:read'] }}
        errors={errors}
        message={message}
      >
        <Field
          name="name"
          label="Name"
          hint="What will use it, such as “ERP” or “Website”."
          autocomplete="off"
          required
        />
        <ChoicesField
          name="scopes"
          label="Scopes"
          pick="many"
          choices={CHOICES}
          hint="What the key may do. They cannot be changed later."
        />
        <Field
          name="expiresOn"
          label="Last day"
          type="date"
          hint="The key stops working when this day ends. Leave it empty for a key that does not expire."
          optional
        />
        <ConfirmPasswordField confirmed={confirmed} />
        <FormActions>
          <Button variant="primary" icon="key-round">
            Create key
          </Button>
        </FormActions>
      </Form>
    </Card>
  );
}

import { Button } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Field } from '../views/field.tsx';
import { Form, FormActions } from '../views/form.tsx';
import { Stack } from '../views/layout.tsx';
import { Notice } from '../views/notice.tsx';
import { CARRIED, type CarriedForm, signedOutReason } from './carried-form.ts';

export type LogInFormProps = {
  path: string;
  /** Where to go afterwards, which the form's address remembers unless it is `home`. */
  next: string;
  home: string;
  email?: string | undefined;
  message?: string | undefined;
  /** Why a script leads here; a form that is carried says it itself. */
  reason?: string | undefined;
  /** The form that was posted after the session had ended. */
  carried?: CarriedForm | null | undefined;
};

/** Asks for email and password; what was typed as a password is never shown again. */
export function LogInForm(props: LogInFormProps) {
  const { path, next, home, email, message, carried } = props;
  const reason = carried ? signedOutReason(carried) : props.reason;
  return (
    <Stack>
      {reason && <Notice tone="info">{reason}</Notice>}
      <Card>
        <Form
          action={next === home ? path : `${path}?next=${encodeURIComponent(next)}`}
          values={{ email }}
          message={message}
          {...(carried && { hidden: { [CARRIED]: JSON.stringify(carried) } })}
        >
          <Field
            name="email"
            label="Email"
            type="email"
            autocomplete="username"
            required
            autofocus={!email}
          />
          <Field
            name="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            required
            autofocus={Boolean(email)}
          />
          <FormActions>
            <Button variant="primary" wide>
              Log in
            </Button>
          </FormActions>
        </Form>
      </Card>
    </Stack>
  );
}

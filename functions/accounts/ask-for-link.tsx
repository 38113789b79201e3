import { Button, Link } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Field } from '../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../views/form.tsx';
import { Prose } from '../views/layout.tsx';
import { Page } from '../views/page.tsx';

type Props = RefusedForm & {
  title: string;
  lead: string;
  action: string;
  button: string;
  /** The log-in's path. */
  back: string;
};

/** Asks for the email that a link is to be mailed to. */
export function AskForLink(props: Props) {
  const { title, lead, action, button, back, values, errors, message } = props;
  return (
    <Page title={title} lead={lead}>
      <Card>
        <Form action={action} values={values} errors={errors} message={message}>
          <Field name="email" label="Email" type="email" autocomplete="username" required />
          <FormActions>
            <Button variant="primary" wide>
              {button}
            </Button>
          </FormActions>
        </Form>
      </Card>
      <Prose>
        <Link href={back}>Back to log in</Link>
      </Prose>
    </Page>
  );
}

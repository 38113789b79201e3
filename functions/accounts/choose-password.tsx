import { Button } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Form, FormActions, type FormErrors } from '../views/form.tsx';
import { NewPasswordFields } from '../views/new-password-fields.tsx';
import { Page } from '../views/page.tsx';

type Props = { title: string; lead: string; button: string; errors: FormErrors | undefined };

/** Where a mailed link leads: a new password, typed twice. */
export function ChoosePassword({ title, lead, button, errors }: Props) {
  return (
    <Page title={title} lead={lead}>
      <Card>
        <Form errors={errors}>
          <NewPasswordFields />
          <FormActions>
            <Button variant="primary" wide>
              {button}
            </Button>
          </FormActions>
        </Form>
      </Card>
    </Page>
  );
}

import { Button, Link } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Form, FormActions } from '../views/form.tsx';
import { Page } from '../views/page.tsx';
import { Message } from './message.tsx';

/** The frame of a page behind a link that proves a mailbox. */
export const CONFIRM = { title: 'Confirm your email address', narrow: true } as const;

/** Opening the link changes nothing, or a mail scanner would confirm addresses: the button does. */
export function ConfirmEmail() {
  return (
    <Page title={CONFIRM.title} lead="One press, and we know that this address is yours.">
      <Card>
        <Form>
          <FormActions>
            <Button variant="primary" wide>
              Confirm
            </Button>
          </FormActions>
        </Form>
      </Card>
    </Page>
  );
}

/** It is done, and where to go from there. */
export function EmailConfirmed({ href, onward }: { href: string; onward: string }) {
  return (
    <Message title="Thank you">
      Your email address is confirmed. <Link href={href}>{onward}</Link>
    </Message>
  );
}

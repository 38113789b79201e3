import type { Customer } from '#src/customers/queries.ts';
import type { Trust } from '#src/customers/trust.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Form } from '../../views/form.tsx';
import { profilePath } from './paths.ts';

type Props = { customer: Customer; trust: Trust };

/** How much a customer may order whose email is not confirmed, and the button that changes it; else nothing. */
export function TrustCard({ customer, trust: { trusted, limited } }: Props) {
  if (customer.emailVerified) return null;
  return (
    <Card
      title="Email not confirmed"
      description={explanation(trusted, limited)}
      actions={
        limited ? <Badge tone="warning">Limited</Badge> : <Badge tone="success">Trusted</Badge>
      }
    >
      {(trusted || limited) && (
        <Form
          action={`${profilePath(customer.id)}/trust`}
          hidden={{ trusted: trusted ? 'no' : 'yes' }}
        >
          {trusted ? (
            <Button>Stop trusting</Button>
          ) : (
            <Button icon="check">Trust this customer</Button>
          )}
        </Form>
      )}
    </Card>
  );
}

function explanation(trusted: boolean, limited: boolean): string {
  if (limited) {
    return 'At your storefront this customer can have three open orders and place ten a day. Orders you enter are not limited.';
  }
  return trusted
    ? 'You trust this customer: their orders at your storefront are not limited.'
    : 'An order of this customer was delivered: their orders at your storefront are not limited.';
}

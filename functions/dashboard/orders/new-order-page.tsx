import type { Customer } from '#src/customers/queries.ts';
import type { NewOrder } from '#src/orders/new-order.ts';
import type { OrderDraft } from '#src/orders/order-draft.ts';
import { PO_NUMBER_MAX } from '#src/orders/schema.ts';
import { Button, Reason } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Field, SelectField } from '../../views/field.tsx';
import { valuesShownAgain } from '../../form-body.ts';
import { fitted, roomForLines } from '../../views/fitted.ts';
import { Form } from '../../views/form.tsx';
import { Columns, Stack } from '../../views/layout.tsx';
import { OrderTotals } from '../../views/order-totals.tsx';
import { Page } from '../../views/page.tsx';
import { NEW_ORDER_PATH, ORDERS_PATH } from './paths.ts';
import type { DraftProblem } from './draft-problem.ts';
import { CustomerCard } from './new-order-customer.tsx';
import { LinesCard } from './new-order-lines.tsx';
import { PickerCard } from './product-picker.tsx';

type Props = { draft: OrderDraft; known: NewOrder; problem: DraftProblem; currency: string };

/** An order in the making. Every button but the last one only comes back with the form changed. */
export function NewOrderPage(props: Props) {
  const { draft, known, problem } = props;
  const { poNumber, notes } = draft;
  return (
    <Page title="New order" breadcrumbs={[{ label: 'Orders', href: ORDERS_PATH }]}>
      <Form
        id="new-order"
        action={NEW_ORDER_PATH}
        hidden={{ orderId: draft.id, customerId: known.customer?.id ?? '' }}
        values={valuesShownAgain({ poNumber, notes })}
        errors={problem.errors}
        message={problem.message}
        draft
      >
        <Columns of="main">
          <Stack>
            <CustomerCard customer={known.customer} found={known.foundCustomers} draft={draft} />
            <LinesCard {...props} />
            <PickerCard {...props} />
          </Stack>
          <Stack>
            <Card title="Details">
              <Stack>
                <Addresses draft={draft} known={known} />
                <Field name="poNumber" label="PO number" maxlength={PO_NUMBER_MAX} optional />
                <Field name="notes" label="Notes" type="textarea" rows={3} optional />
              </Stack>
            </Card>
            <Summary {...props} />
          </Stack>
        </Columns>
      </Form>
    </Page>
  );
}

function Addresses({
  draft: { addressId },
  known: { customer, addresses },
}: Pick<Props, 'draft' | 'known'>) {
  if (!customer || addresses.length === 0) return null;
  const room = roomForLines(addresses.length);
  const chosen = addressId ?? addresses.find(({ isDefault }) => isDefault)?.id ?? '';
  return (
    <SelectField
      name="address"
      label="Ship to"
      value={chosen}
      options={[
        { value: '', label: 'No address' },
        ...addresses.map(({ id, label, line1, city }) => ({
          value: id,
          label: `${fitted(label, room)}: ${fitted(line1, room)}, ${fitted(city, room)}`,
        })),
      ]}
    />
  );
}

function Summary({ draft, known, currency }: Props) {
  const empty = draft.lines.length === 0;
  return (
    <Card title="Summary">
      <Stack>
        {!empty && <OrderTotals {...known.totals} currency={currency} />}
        <Button
          variant="primary"
          name="placeOrder"
          value="on"
          disabled={empty}
          describedBy="place-hint"
          wide
        >
          Place order
        </Button>
        <Reason id="place-hint">{empty ? 'Add a product first.' : effect(known.customer)}</Reason>
      </Stack>
    </Card>
  );
}

function effect(customer: Customer | null): string {
  return `Takes its products from stock at once.${customer ? ' The customer sees it among their orders.' : ''}`;
}

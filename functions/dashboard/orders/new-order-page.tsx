import type { Id } from '#db/ids.ts';
import type { StaffViewer } from '#src/context.ts';
import type { Customer } from '#src/customers/queries.ts';
import type { NewOrder, OpenedOrder } from '#src/orders/new-order.ts';
import type { OrderDraft } from '#src/orders/order-draft.ts';
import type { SavedDraft } from '#src/orders/saved-draft.ts';
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
import { DraftDialogs, OpenedNotice, StartOver, Undecided } from './draft-notices.tsx';
import { CustomerCard } from './new-order-customer.tsx';
import { LinesCard } from './new-order-lines.tsx';
import { PickerCard } from './product-picker.tsx';

export type NewOrderPageProps = {
  draft: OrderDraft;
  known: NewOrder;
  problem: DraftProblem;
  /** Only of a page that was opened, not sent. */
  opened?: Pick<OpenedOrder, 'savedAt' | 'wanted'>;
  /** Another tab has changed or placed the order, and the person has to decide. */
  undecided?: Exclude<SavedDraft['outcome'], 'saved'> | null;
  /** The product that was just added: its quantity is typed next. */
  added?: Id<'product'> | null | undefined;
  locale: Pick<StaffViewer, 'currency' | 'timeZone'>;
  now: Date;
};

/** An order that is being typed. Every button but `Place order` saves it and comes back with the form changed. */
export function NewOrderPage(props: NewOrderPageProps) {
  const { draft, known, problem, opened, undecided, locale } = props;
  const { poNumber, notes } = draft;
  const { currency } = locale;
  const isEmpty = !isStarted(draft);
  return (
    <Page
      title="New order"
      breadcrumbs={[{ label: 'Orders', href: ORDERS_PATH }]}
      actions={<StartOver />}
    >
      {opened && !isEmpty && (
        <OpenedNotice {...opened} draft={draft} locale={locale} now={props.now} />
      )}
      <Form
        id="new-order"
        action={NEW_ORDER_PATH}
        hidden={{
          orderId: draft.id,
          version: draft.version,
          page: draft.page,
          change: 0,
          customerId: known.customer?.id ?? '',
        }}
        values={valuesShownAgain({ poNumber, notes })}
        errors={problem.errors}
        message={problem.message}
        keep={undecided ? 'undecided' : 'saves'}
      >
        {undecided && <Undecided why={undecided} />}
        <Columns of="main">
          <Stack>
            <CustomerCard
              customer={known.customer}
              found={known.foundCustomers}
              draft={draft}
              isFresh={opened !== undefined && isEmpty}
            />
            <LinesCard {...props} currency={currency} />
            <PickerCard draft={draft} known={known} currency={currency} />
          </Stack>
          <Stack>
            <Card title="Details">
              <Stack>
                <Addresses draft={draft} known={known} />
                <Field name="poNumber" label="PO number" maxlength={PO_NUMBER_MAX} optional />
                <Field name="notes" label="Notes" type="textarea" rows={3} optional />
              </Stack>
            </Card>
            <Summary {...props} currency={currency} />
          </Stack>
        </Columns>
      </Form>
      <DraftDialogs wanted={opened?.wanted ?? null} />
    </Page>
  );
}

/** Whether the draft holds more than a customer. */
function isStarted({ lines, poNumber, notes }: OrderDraft): boolean {
  return lines.length > 0 || poNumber !== '' || notes !== '';
}

function Addresses({
  draft: { addressId },
  known: { customer, addresses },
}: Pick<NewOrderPageProps, 'draft' | 'known'>) {
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

type SummaryProps = NewOrderPageProps & { currency: string };

function Summary({ draft, known, undecided, currency }: SummaryProps) {
  const empty = draft.lines.length === 0;
  return (
    <Card title="Summary">
      <Stack>
        <div id="draft-totals" data-fresh>
          {!empty && <OrderTotals {...known.totals} currency={currency} />}
        </div>
        <Button
          variant="primary"
          name="placeOrder"
          value="on"
          disabled={empty || Boolean(undecided)}
          describedBy="place-hint"
          wide
        >
          Place order
        </Button>
        <Reason id="place-hint">
          {undecided
            ? 'Choose above which order to keep.'
            : empty
              ? 'Add a product first.'
              : effect(known.customer)}
        </Reason>
        <span class="prose" id="draft-status" role="status">
          {undecided ? 'Not saved' : draft.version > 0 ? 'Saved' : ''}
        </span>
      </Stack>
    </Card>
  );
}

function effect(customer: Customer | null): string {
  return `Stock is deducted when you place the order.${customer ? ' The customer will see it in their account.' : ''}`;
}

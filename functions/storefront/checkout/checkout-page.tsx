import { newId } from '#db/ids.ts';
import type { Address } from '#src/addresses/queries.ts';
import type { Cart } from '#src/cart/queries.ts';
import type { Store } from '#src/context.ts';
import type { CheckoutForm } from '#src/orders/checkout-form.ts';
import { PO_NUMBER_MAX } from '#src/orders/schema.ts';
import { Button, Reason } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { Field } from '../../views/field.tsx';
import { Form, type FormErrors } from '../../views/form.tsx';
import { Columns, Stack } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';
import { OrderTotals } from '../../views/order-totals.tsx';
import { Page } from '../../views/page.tsx';
import { storePath } from '../store-path.ts';
import { CheckoutLines } from './checkout-lines.tsx';
import { CheckoutNews } from './checkout-news.tsx';
import { checkoutState } from './checkout-state.ts';
import { DeliveryFields } from './delivery-fields.tsx';

export type CheckoutPageProps = {
  store: Store;
  cart: Cart;
  addresses: Address[];
  /** What the person has to confirm before they order more; null = they may order. */
  emailToConfirm: string | null;
  /** What was typed, and what was shown then. */
  form?: CheckoutForm;
  /** What is wrong with it, by field; `''` is the form as a whole. */
  errors?: FormErrors;
  /** It was not placed because what it showed is no longer so. */
  outdated?: boolean;
  /** The cart has just been changed to what is left. */
  fitted?: boolean;
  /** The link that confirms the person's address has just been mailed again. */
  linkSent?: boolean;
};

/** The order about to be placed. What the form carries is what the page shows, and that is what is ordered. */
export function CheckoutPage(props: CheckoutPageProps) {
  const { store, cart } = props;
  return (
    <div id="checkout">
      <Page title="Checkout" breadcrumbs={[{ label: 'Cart', href: storePath(store, '/cart') }]}>
        {cart.lines.length === 0 ? <Empty {...props} /> : <Filled {...props} />}
      </Page>
    </div>
  );
}

function Filled(props: CheckoutPageProps) {
  const { store, cart, addresses, form, errors = {} } = props;
  const state = checkoutState(cart, form ?? null);
  const path = storePath(store, '/checkout');
  const { '': whole, ...fields } = errors;
  return (
    <Form
      id="checkout-form"
      action={path}
      hidden={{ order: form?.order ?? newId('order'), seenTotal: cart.totals.totalCents }}
      values={form ? { ...form, line: null } : { address: addresses[0]?.id }}
      errors={fields}
      message={whole?.join(' ')}
      wide
    >
      <CheckoutNews {...props} state={state} path={path} />
      <Columns of="main">
        <Stack>
          <Card title="Products" flush>
            <CheckoutLines lines={cart.lines} prices={state.prices} currency={store.currency} />
          </Card>
          <Card title="Delivery">
            <DeliveryFields addresses={addresses} form={form} errors={fields} />
          </Card>
        </Stack>
        <Stack>
          <Card title="Details">
            <Stack>
              <Field name="poNumber" label="PO number" maxlength={PO_NUMBER_MAX} optional />
              <Field name="notes" label="Notes" type="textarea" rows={3} optional />
            </Stack>
          </Card>
          <Card title="Summary">
            <Stack>
              <OrderTotals {...cart.totals} currency={store.currency} />
              <PlaceOrder blocked={state.problems.length > 0} />
            </Stack>
          </Card>
        </Stack>
      </Columns>
    </Form>
  );
}

function PlaceOrder({ blocked }: { blocked: boolean }) {
  return (
    <>
      <Button
        variant="primary"
        disabled={blocked}
        {...(blocked && { describedBy: 'blocked' })}
        wide
      >
        Place order
      </Button>
      {blocked && <Reason id="blocked">Fix the items above to continue.</Reason>}
      {/* The script says here that the form has not arrived. */}
      <div id="unsent" tabindex={-1} hidden>
        <Notice tone="danger" />
      </div>
    </>
  );
}

function Empty({ store, errors: { '': refusal } = {} }: CheckoutPageProps) {
  return (
    <Card flush>
      {refusal && <Notice tone="danger">{refusal.join(' ')}</Notice>}
      <EmptyState
        title="There is nothing to order"
        icon="shopping-cart"
        actions={
          <>
            <Button variant="primary" href={storePath(store, '/catalog')}>
              Go to the catalog
            </Button>
            <Button href={storePath(store, '/orders')}>See your orders</Button>
          </>
        }
      >
        Your cart is empty. If you have just placed an order, it is among your orders.
      </EmptyState>
    </Card>
  );
}

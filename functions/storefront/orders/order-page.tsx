import type { CustomerViewer } from '#src/context.ts';
import type { OrderDetail } from '#src/orders/order-detail.ts';
import type { Order } from '#src/orders/queries.ts';
import { shortId } from '#src/orders/short-id.ts';
import { customerRoleMay } from '#src/permissions.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { DateTime } from '../../views/date-time.tsx';
import { DescriptionList } from '../../views/description-list.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import { Form } from '../../views/form.tsx';
import { Columns, Stack } from '../../views/layout.tsx';
import { Multiline } from '../../views/multiline.tsx';
import { OrderLines } from '../../views/order-lines.tsx';
import { OrderStatusBadge } from '../../views/order-status-badge.tsx';
import { OrderTotals } from '../../views/order-totals.tsx';
import { Page } from '../../views/page.tsx';
import { PostalAddress } from '../../views/postal-address.tsx';
import { Timeline } from '../../views/timeline.tsx';
import { storePath } from '../store-path.ts';
import { placedBy } from './placed-by.ts';

type Props = { detail: OrderDetail; me: CustomerViewer };

/** One of the customer's orders: what is in it, and what became of it. */
export function OwnOrderPage({ detail: { order, lines, steps }, me }: Props) {
  const { number, status, createdAt } = order;
  const path = storePath(me, `/orders/${order.id}`);
  // Which person of the store took a step is the store's own business.
  const taken = steps.map(({ at, to, actorType, actorName }) => ({
    at,
    by: actorType === 'CUSTOMER' ? actorName : me.companyName,
    title: <OrderStatusBadge status={to} />,
  }));
  const placed = { at: createdAt, by: placedBy(order, me), title: <strong>Placed</strong> };
  return (
    <Page
      title={`Order #${number}`}
      status={<OrderStatusBadge status={status} />}
      lead={
        <>
          Placed <DateTime value={createdAt} timeZone={me.timeZone} style="datetime" /> ·{' '}
          {shortId(order.id)}
        </>
      }
      breadcrumbs={[{ label: 'Orders', href: storePath(me, '/orders') }]}
      actions={
        <>
          <Button href={`${path}/invoice`} icon="download" download>
            Invoice
          </Button>
          {customerRoleMay(me.role, 'own_orders:write') && <Actions order={order} path={path} />}
        </>
      }
    >
      <Columns of="main">
        <Card title="Products" footer={<OrderTotals {...order} />} flush>
          <OrderLines lines={lines} currency={order.currency} />
        </Card>
        <Stack>
          <Details order={order} />
          <Card title="Timeline">
            <Timeline timeZone={me.timeZone} items={[...taken, placed]} />
          </Card>
        </Stack>
      </Columns>
    </Page>
  );
}

function Actions({ order: { number, status }, path }: { order: Order; path: string }) {
  return (
    <>
      {status === 'SUBMITTED' && (
        <>
          <Button opens="cancel-order">Cancel order</Button>
          <ConfirmDialog
            id="cancel-order"
            title={`Cancel order #${number}?`}
            action={`${path}/cancel`}
            confirm="Cancel order"
            dismiss="Keep it"
            danger
          >
            The store will not deliver it. A cancelled order stays cancelled; you can order the same
            again.
          </ConfirmDialog>
        </>
      )}
      <Form action={`${path}/reorder`}>
        <Button variant="primary">Order again</Button>
      </Form>
    </>
  );
}

function Details({ order: { shippingAddress, poNumber, notes } }: { order: Order }) {
  const items = [
    {
      label: 'Ship to',
      value: shippingAddress ? <PostalAddress address={shippingAddress} /> : 'No address',
    },
    { label: 'PO number', value: poNumber },
    { label: 'Notes', value: notes === null ? null : <Multiline text={notes} /> },
  ];
  return (
    <Card title="Details">
      <DescriptionList items={items.filter(({ value }) => value !== null)} />
    </Card>
  );
}

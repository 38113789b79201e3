import type { Child } from 'hono/jsx';
import type { OrderDetail } from '#src/orders/order-detail.ts';
import type { Order, OrderStep } from '#src/orders/queries.ts';
import { shortId } from '#src/orders/short-id.ts';
import { Button, Link } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { DateTime } from '../../views/date-time.tsx';
import { DescriptionList } from '../../views/description-list.tsx';
import { Email } from '../../views/email.tsx';
import { Columns, Prose, Stack } from '../../views/layout.tsx';
import { Multiline } from '../../views/multiline.tsx';
import { OrderLines } from '../../views/order-lines.tsx';
import { OrderStatusBadge } from '../../views/order-status-badge.tsx';
import { OrderTotals } from '../../views/order-totals.tsx';
import { Page } from '../../views/page.tsx';
import { PostalAddress } from '../../views/postal-address.tsx';
import { Timeline } from '../../views/timeline.tsx';
import { profilePath } from '../customers/paths.ts';
import { orderPath, ORDERS_PATH } from './paths.ts';
import { PlacedBy } from './placed-by.tsx';
import { StatusActions } from './status-actions.tsx';

type Props = { detail: OrderDetail; timeZone: string };

/** Everything about one order. */
export function OrderPage({ detail: { order, lines, steps }, timeZone }: Props) {
  return (
    <Page
      title={`Order #${order.number}`}
      status={<OrderStatusBadge status={order.status} />}
      lead={
        <>
          <DateTime value={order.createdAt} timeZone={timeZone} style="datetime" /> ·{' '}
          <PlacedBy order={order} /> · {shortId(order.id)}
        </>
      }
      breadcrumbs={[{ label: 'Orders', href: ORDERS_PATH }]}
      actions={
        <>
          <Button href={`${orderPath(order.id)}/invoice`} icon="download" download>
            Download invoice
          </Button>
          <StatusActions order={order} />
        </>
      }
    >
      <Columns of="main">
        <Card title="Lines" footer={<OrderTotals {...order} />} flush>
          <OrderLines lines={lines} currency={order.currency} />
        </Card>
        <Stack>
          <About order={order} />
          <Card title="Timeline">
            <Timeline timeZone={timeZone} items={[...steps.map(taken), placed(order)]} />
          </Card>
        </Stack>
      </Columns>
    </Page>
  );
}

function About({ order }: { order: Order }) {
  const { customerId, customerName, customerEmail, shippingAddress, poNumber, notes } = order;
  const items: { label: string; value: Child }[] = [
    {
      label: 'Customer',
      value: customerId ? (
        <>
          <Link href={profilePath(customerId)}>{customerName ?? customerEmail ?? customerId}</Link>
          {customerName !== null && customerEmail !== null && (
            <Prose>
              <Email address={customerEmail} />
            </Prose>
          )}
        </>
      ) : (
        'Nobody in particular'
      ),
    },
    {
      label: 'Ship to',
      value: shippingAddress ? <PostalAddress address={shippingAddress} /> : 'No address',
    },
  ];
  if (poNumber !== null) items.push({ label: 'PO number', value: poNumber });
  if (notes !== null) items.push({ label: 'Notes', value: <Multiline text={notes} /> });
  return (
    <Card title="Details">
      <DescriptionList items={items} />
    </Card>
  );
}

function taken({ at, actorName, to }: OrderStep) {
  return { at, by: actorName, title: <OrderStatusBadge status={to} /> };
}

function placed({ createdAt, placedByName }: Order) {
  return { at: createdAt, by: placedByName, title: <strong>Placed</strong> };
}

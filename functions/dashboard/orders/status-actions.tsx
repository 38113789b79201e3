import type { Order } from '#src/orders/queries.ts';
import { movesFrom, ORDER_STATUSES } from '#src/orders/order-status.ts';
import { Button } from '../../views/button.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import { Form } from '../../views/form.tsx';
import { Icon } from '../../views/icon.tsx';
import { Menu, MenuItem } from '../../views/menu.tsx';
import { orderPath } from './paths.ts';

/** Where an order can go from here: on, or out; and by the menu wherever else. Nothing, once it is cancelled. */
export function StatusActions({ order }: { order: Order }) {
  const { id, number, status: seen } = order;
  const { next } = ORDER_STATUSES[seen];
  const action = `${orderPath(id)}/status`;
  const others = movesFrom(seen).filter((status) => status !== next && status !== 'CANCELLED');
  if (seen === 'CANCELLED') return null;
  return (
    <>
      {next && (
        <Form action={action} hidden={{ status: next, seen }}>
          <Button variant="primary">{ORDER_STATUSES[next].action}</Button>
        </Form>
      )}
      <Button opens="cancel-order">Cancel order</Button>
      <Menu
        button
        summary={
          <>
            <Icon name="ellipsis" />
            <span class="sr-only">More moves</span>
          </>
        }
      >
        {others.map((status) => (
          <MenuItem post={action} hidden={{ status, seen }}>
            {ORDER_STATUSES[status].action}
          </MenuItem>
        ))}
      </Menu>
      <ConfirmDialog
        id="cancel-order"
        title={`Cancel order #${number}?`}
        action={action}
        hidden={{ status: 'CANCELLED', seen }}
        confirm="Cancel order"
        dismiss="Keep it"
        danger
      >
        What it took goes back into stock
        {order.customerEmail !== null && ', and the customer is told by email'}. A cancelled order
        stays cancelled.
      </ConfirmDialog>
    </>
  );
}

import type { CartLine } from '#src/cart/queries.ts';
import { formatMoney } from '#src/lib/money.ts';
import { notEnoughStock } from '#src/orders/not-enough-stock.ts';
import { Button } from '../../views/button.tsx';
import { Row, Stack } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';
import type { CheckoutPageProps } from './checkout-page.tsx';
import type { CheckoutState } from './checkout-state.ts';
import { ConfirmFirst } from './confirm-first.tsx';

type Props = Pick<
  CheckoutPageProps,
  'store' | 'cart' | 'outdated' | 'fitted' | 'emailToConfirm' | 'linkSent'
> & {
  state: CheckoutState;
  /** The checkout's own, below which its buttons lead. */
  path: string;
};

/** Why it was not placed, or cannot be, and what to do about it. */
export function CheckoutNews({ emailToConfirm, linkSent, ...props }: Props) {
  return (
    <>
      {linkSent && (
        <Notice tone="success">The link is on its way. Open it, then place the order here.</Notice>
      )}
      {emailToConfirm !== null && (
        <ConfirmFirst email={emailToConfirm} again={`${props.path}/verify`} />
      )}
      <CartNews {...props} />
    </>
  );
}

/** How the cart differs from what the page showed. */
function CartNews({
  state,
  path,
  outdated,
  fitted,
  ...props
}: Omit<Props, 'emailToConfirm' | 'linkSent'>) {
  if (state.problems.length > 0) return <Problems problems={state.problems} fit={`${path}/fit`} />;
  if (fitted) {
    return (
      <Notice tone="success">
        Your cart is updated to what is left. Look through it and order.
      </Notice>
    );
  }
  return outdated ? <Outdated state={state} {...props} /> : null;
}

function Problems({ problems, fit }: { problems: CartLine[]; fit: string }) {
  return (
    <Notice tone="danger" title="Not all of this can be ordered">
      <Stack gap="tight">
        <ul>
          {problems.map((line) => (
            <li>{sentence(line)}</li>
          ))}
        </ul>
        <Row>
          <Button formaction={fit} icon="refresh-cw">
            Update to what is left
          </Button>
        </Row>
      </Stack>
    </Notice>
  );
}

function sentence({ name, problem, onHand }: CartLine): string {
  return problem === 'gone' ? `${name} is no longer available.` : notEnoughStock(name, onHand);
}

/** Everything can be ordered, but it is not what the page showed: asked once. */
function Outdated({ state, store, cart }: Pick<Props, 'state' | 'store' | 'cart'>) {
  const { oldTotalCents, otherCart } = state;
  return (
    <Notice
      tone="warning"
      title={otherCart ? 'Your cart has changed meanwhile' : 'The price has changed meanwhile'}
    >
      {oldTotalCents !== null && (
        <>
          The total was {formatMoney(oldTotalCents, store.currency)} and is now{' '}
          {formatMoney(cart.totals.totalCents, store.currency)}.{' '}
        </>
      )}
      Nothing is ordered yet. Look through it, and place the order if you agree.
    </Notice>
  );
}

import type { Context } from 'hono';
import type { Id } from '#db/ids.ts';
import type { Cart } from '#src/cart/queries.ts';
import { type CustomerViewer, customerOf } from '#src/context.ts';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import type { AppEnv } from '../../app-env.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { Columns } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';
import { Page } from '../../views/page.tsx';
import { Pagination } from '../../views/pagination.tsx';
import type { RefusedQuantity } from '../catalog/buy-form.tsx';
import { storePage } from '../store-page.tsx';
import { storePath } from '../store-path.ts';
import { CartLineItem } from './cart-line.tsx';
import { cartPart } from './cart-part.ts';
import { CartSummary } from './cart-summary.tsx';

/** What has just been taken out, so that it can be put back. */
export type Removed = { id: Id<'product'>; name: string; quantity: number };

type CartNews = {
  removed?: Removed | null;
  /** Quantities that were not taken, by product. */
  refused?: ReadonlyMap<Id<'product'>, RefusedQuantity>;
  /** Which part of a long cart is shown, counted from 1; the last one where there are fewer. */
  page?: number;
};

/** The person's cart. Call it after the request's batch. */
export function cartPage(
  c: Context<AppEnv>,
  cart: Cart,
  news: CartNews = {},
  status: 200 | 409 | 422 = 200,
): Response | Promise<Response> {
  const me = customerOf(c.var.ctx);
  return storePage(
    c,
    {
      title: 'Cart',
      scripts: ['app', 'store'],
      status,
      cartLines: cart.lines.length,
    },
    <CartView cart={cart} news={news} me={me} />,
  );
}

type Props = { cart: Cart; news: CartNews; me: CustomerViewer };

function CartView({ cart, news, me }: Props) {
  return (
    <div id="cart">
      <Page
        title="Cart"
        lead={cart.lines.length > 0 && countOf(cart.lines.length, 'product')}
        actions={
          cart.lines.length > 0 && (
            <Button variant="ghost" icon="trash-2" opens="clear-cart">
              Empty the cart
            </Button>
          )
        }
      >
        {news.removed && <Undo removed={news.removed} cart={storePath(me, '/cart')} />}
        {cart.lines.length === 0 ? <Empty me={me} /> : <Filled cart={cart} news={news} me={me} />}
      </Page>
    </div>
  );
}

/** One form: whichever of its buttons is pressed, the quantities that were typed go along. */
function Filled({ cart, news: { refused = new Map(), page: wanted = 1 }, me }: Props) {
  const path = storePath(me, '/cart');
  const { lines, page, pages } = cartPart(cart.lines, wanted);
  const href = (to: number) => (to < 1 || to > pages ? undefined : `${path}?page=${to}`);
  const present = new Set(lines.map(({ productId }) => productId));
  const elsewhere = [...refused].filter(([product]) => !present.has(product));
  return (
    <>
      {elsewhere.length > 0 && (
        <Notice tone="danger">
          {[...new Set(elsewhere.map(([, { message }]) => message))].join(' ')}
        </Notice>
      )}
      <form id="cart-form" method="post" action={path} novalidate>
        {/* Enter in a field presses the first button there is. */}
        <button hidden></button>
        <input type="hidden" name="person" value={me.contactId ?? me.customerId} />
        {page > 1 && <input type="hidden" name="page" value={page} />}
        <Columns of="main">
          <Card flush>
            <ul class="cart-lines">
              {lines.map((line) => (
                <CartLineItem
                  line={line}
                  currency={me.currency}
                  refused={refused.get(line.productId)}
                />
              ))}
            </ul>
            {pages > 1 && (
              <Pagination
                previousHref={href(page - 1)}
                nextHref={href(page + 1)}
                summary={`${formatNumber(lines.length)} of ${countOf(cart.lines.length, 'product')}`}
              />
            )}
          </Card>
          <CartSummary cart={cart} currency={me.currency} />
        </Columns>
      </form>
      <ConfirmDialog
        id="clear-cart"
        title="Empty the cart?"
        action={`${path}/clear`}
        confirm="Empty the cart"
        danger
      >
        {countOf(cart.lines.length, 'product')} will be taken out. Nothing is ordered.
      </ConfirmDialog>
    </>
  );
}

function Empty({ me }: { me: CustomerViewer }) {
  return (
    <Card flush>
      <EmptyState
        title="Your cart is empty"
        icon="shopping-cart"
        actions={
          <>
            <Button variant="primary" href={storePath(me, '/catalog')}>
              Go to the catalog
            </Button>
            <Button href={storePath(me, '/quick-order')}>Quick order</Button>
          </>
        }
      >
        What you put here stays until you order it, on every device you sign in on.
      </EmptyState>
    </Card>
  );
}

function Undo({ removed, cart }: { removed: Removed; cart: string }) {
  return (
    <Notice tone="info">
      <form class="row row-between" id="undo" method="post" action={`${cart}/${removed.id}`}>
        <span>Removed “{removed.name}”.</span>
        <input type="hidden" name="quantity" value={removed.quantity} />
        <Button icon="undo-2">Undo</Button>
      </form>
    </Notice>
  );
}

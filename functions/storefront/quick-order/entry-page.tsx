import type { Context } from 'hono';
import { type CartUnits, getCartUnits } from '#src/cart/cart-units.ts';
import { customerOf } from '#src/context.ts';
import type { AppEnv } from '../../app-env.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Field } from '../../views/field.tsx';
import { Form, FormActions } from '../../views/form.tsx';
import { Page } from '../../views/page.tsx';
import { storePage } from '../store-page.tsx';
import { storePath } from '../store-path.ts';
import { seenCart } from './seen-cart.ts';

type News = { typed?: string; problem?: string };

/** Where a quick order begins, perhaps again with what was typed. */
export async function entryPage(c: Context<AppEnv>, news: News = {}): Promise<Response> {
  const cart = await getCartUnits(c.var.ctx);
  const me = customerOf(c.var.ctx);
  const path = storePath(me, '/quick-order');
  return storePage(
    c,
    { title: 'Quick order', scripts: ['app', 'order-pad'], status: news.problem ? 422 : 200 },
    <Page title="Quick order" lead="Type, paste or upload your order.">
      <Card
        title="Type"
        description="Type a name or SKU, press Enter, then the quantity and Enter."
      >
        <Pad path={path} currency={me.currency} cart={cart} />
      </Card>
      <Card title="Paste or upload" description="From a spreadsheet or an email, or a CSV file.">
        <Form
          id="pasted"
          action={path}
          multipart
          values={{ rows: news.typed ?? '' }}
          errors={news.problem === undefined ? {} : { rows: [news.problem] }}
        >
          <Field
            name="rows"
            type="textarea"
            label="Your list"
            rows={6}
            placeholder={'FLR-25\t10\n3 x Olive oil\nTOM-6, 12'}
            hint="One product per line: SKU or name, then quantity. No quantity means 1."
          />
          <Field
            name="file"
            type="file"
            label="CSV file"
            optional
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            hint="Its lines are added below your list."
          />
          <FormActions>
            <Button>Check list</Button>
          </FormActions>
        </Form>
      </Card>
    </Page>,
  );
}

/** One row to look up; the `order-pad` script makes a pad of it that takes any number (assets/islands/order-pad.tsx). */
function Pad({ path, currency, cart }: { path: string; currency: string; cart: CartUnits }) {
  return (
    <form
      class="pad"
      id="order-pad"
      method="post"
      action={path}
      data-path={path}
      data-currency={currency}
      data-seen={seenCart(cart)}
    >
      <div class="pad-entry">
        <input
          class="input"
          name="rows"
          aria-label="Product name or SKU, and quantity"
          placeholder="Product name or SKU, and quantity"
          autocomplete="off"
        />
        <Button>Check</Button>
      </div>
    </form>
  );
}

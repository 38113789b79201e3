import type { Context } from 'hono';
import type { Id } from '#db/ids.ts';
import { customerOf } from '#src/context.ts';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import type { JudgedRow, JudgedRows } from '#src/quick-order/judge-rows.ts';
import type { LeftOutRow } from '#src/quick-order/read-rows.ts';
import type { AppEnv } from '../../app-env.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Prose, Row } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';
import { Page } from '../../views/page.tsx';
import { storePage } from '../store-page.tsx';
import { storePath } from '../store-path.ts';
import { foldRows, foldedRows } from './folded-rows.ts';
import { LeftOut } from './left-out.tsx';
import { RowItem } from './row-item.tsx';
import { seenCart } from './seen-cart.ts';

type ResultNews = {
  /** The first row, where it named columns. */
  heading?: string | null;
  /** Rows of a sheet that name no quantity. */
  leftOut?: readonly LeftOutRow[];
  /** Rows that are in the cart since. */
  added?: number;
  problem?: string;
  cartLines?: number;
  /** The past order the rows are of, and what a unit cost in it, by row. */
  again?: { id: Id<'order'>; number: number; pricesThen: ReadonlyMap<number, number> };
};

/** Every row of a quick order in its state, to correct and to put into the cart. Call it after the request's batch. */
export function resultPage(
  c: Context<AppEnv>,
  { rows, cart }: JudgedRows,
  { heading, leftOut = [], added = 0, problem, cartLines, again }: ResultNews = {},
): Response | Promise<Response> {
  const me = customerOf(c.var.ctx);
  const path = storePath(me, '/quick-order');
  const fine = rows.filter(({ state }) => state === 'ok').length;
  const rest = rows.length - fine;
  const hasNewPrice = ({ row, match }: JudgedRow) =>
    match !== null && (again?.pricesThen.get(row) ?? match.priceCents) !== match.priceCents;
  const { shown, folded } = foldRows(rows, (row) => row.state !== 'ok' || hasNewPrice(row));
  return storePage(
    c,
    {
      title: again ? `Order #${again.number} again` : 'Quick order',
      scripts: ['app', 'store'],
      status: problem ? 422 : 200,
      ...(cartLines !== undefined && { cartLines }),
    },
    <Page
      title={again ? `Order #${again.number} again` : 'Check your order'}
      lead={rest === 0 ? `All ${countOf(rows.length, 'row')} are fine.` : summary(fine, rest)}
      breadcrumbs={[
        again
          ? { label: `Order #${again.number}`, href: storePath(me, `/orders/${again.id}`) }
          : { label: 'Quick order', href: path },
      ]}
      actions={added > 0 && <Button href={storePath(me, '/cart')}>Go to the cart</Button>}
    >
      {problem && <Notice tone="danger">{problem}</Notice>}
      {added > 0 && (
        <Notice tone="success">{countOf(added, 'row')} went into your cart. These did not:</Notice>
      )}
      {leftOut.length > 0 && <LeftOut rows={leftOut} />}
      {heading && <Notice tone="info">The first row names the columns: {heading}</Notice>}
      <form method="post" action={path} novalidate>
        <input type="hidden" name="seen" value={seenCart(cart)} />
        {folded.length > 0 && <input type="hidden" name="folded" value={foldedRows(folded)} />}
        <Card
          title={countOf(rows.length, 'row')}
          actions={<Button icon="refresh-cw">Check again</Button>}
          footer={
            <Row>
              {folded.length > 0 && (
                <Prose>
                  {`And ${countOf(folded.length, 'more row')}, ${foldedState(folded)}: ${folded.length === 1 ? 'it comes' : 'they come'} along with these.`}
                </Prose>
              )}
              <Button variant="primary" formaction={`${path}/add`} disabled={fine === 0}>
                {fine === 1
                  ? 'Add 1 row to the cart'
                  : `Add ${formatNumber(fine)} rows to the cart`}
              </Button>
            </Row>
          }
          flush
        >
          <ol class="order-rows">
            {shown.map((row) => (
              <RowItem
                row={row}
                currency={me.currency}
                inCart={row.match ? (cart.get(row.match.id) ?? 0) : 0}
                priceThen={again?.pricesThen.get(row.row)}
              />
            ))}
          </ol>
        </Card>
      </form>
    </Page>,
  );
}

function foldedState(rows: readonly JudgedRow[]): string {
  const rest = rows.filter(({ state }) => state !== 'ok').length;
  return rest === 0 ? 'all fine' : `of which ${formatNumber(rest)} will need you`;
}

function summary(fine: number, rest: number): string {
  const need = rest === 1 ? '1 row needs you' : `${formatNumber(rest)} rows need you`;
  return fine === 0
    ? `${need}.`
    : `${need}, ${formatNumber(fine)} ${fine === 1 ? 'is' : 'are'} fine.`;
}

import type { Context } from 'hono';
import type { Id } from '#db/ids.ts';
import { customerOf } from '#src/context.ts';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import type { JudgedRow, JudgedRows } from '#src/quick-order/judge-rows.ts';
import type { LeftOutRow } from '#src/quick-order/read-rows.ts';
import type { AppEnv } from '../../app-env.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { shortName } from '../../views/fitted.ts';
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
  /** The file that rows came from, and the number of the first. */
  file?: { name: string; from: number } | null;
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
  { heading, file, leftOut = [], added = 0, problem, cartLines, again }: ResultNews = {},
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
      title: again ? `Reorder #${again.number}` : 'Quick order',
      scripts: ['app', 'store'],
      status: problem ? 422 : 200,
      ...(cartLines !== undefined && { cartLines }),
    },
    <Page
      title={again ? `Reorder #${again.number}` : 'Check your order'}
      lead={summary(fine, rest)}
      breadcrumbs={[
        again
          ? { label: `Order #${again.number}`, href: storePath(me, `/orders/${again.id}`) }
          : { label: 'Quick order', href: path },
      ]}
      actions={added > 0 && <Button href={storePath(me, '/cart')}>Go to the cart</Button>}
    >
      {problem && <Notice tone="danger">{problem}</Notice>}
      {added > 0 && (
        <Notice tone="success">{`Added ${countOf(added, 'item')}. ${stillNeed(rest)}`}</Notice>
      )}
      {heading && <Notice tone="info">We used these as column headings: {heading}</Notice>}
      {file && file.from > 1 && (
        <Notice tone="info">
          {`From line ${formatNumber(file.from)} on, the lines are from “${shortName(file.name)}”.`}
        </Notice>
      )}
      {leftOut.length > 0 && <LeftOut rows={leftOut} />}
      <form
        method="post"
        action={path}
        novalidate
        data-added={added > 0 ? String(added) : undefined}
      >
        <input type="hidden" name="seen" value={seenCart(cart)} />
        {folded.length > 0 && <input type="hidden" name="folded" value={foldedRows(folded)} />}
        <Card
          title={countOf(rows.length, 'line')}
          actions={<Button icon="refresh-cw">Check again</Button>}
          footer={
            <Row>
              {folded.length > 0 && (
                <Prose>
                  {`And ${countOf(folded.length, 'more line')}, ${foldedState(folded)}. ${folded.length === 1 ? 'It is' : 'They are'} sent with these.`}
                </Prose>
              )}
              {fine > 0 ? (
                <Button variant="primary" formaction={`${path}/add`}>
                  {`Add ${countOf(fine, 'item')} to cart`}
                </Button>
              ) : (
                <Button variant="primary">Check again</Button>
              )}
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
  return rest === 0 ? 'all ready' : `${formatNumber(rest)} of them need attention`;
}

function summary(fine: number, rest: number): string {
  if (rest === 0) return `${countOf(fine, 'line')} ready`;
  const need = `${countOf(rest, 'line')} ${rest === 1 ? 'needs' : 'need'} attention`;
  return fine === 0 ? need : `${need} · ${formatNumber(fine)} ready`;
}

const stillNeed = (rest: number) =>
  rest === 1 ? '1 still needs attention:' : `${formatNumber(rest)} still need attention:`;

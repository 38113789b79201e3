import type { Cart, CartLine } from '#src/cart/queries.ts';
import { countOf } from '#src/lib/format-number.ts';
import { notEnoughStock } from '#src/orders/not-enough-stock.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { shortName } from '../../views/fitted.ts';
import { Prose, Stack } from '../../views/layout.tsx';
import { OrderTotals } from '../../views/order-totals.tsx';

type Props = { cart: Cart; currency: string };

/** Problems that are named; the cart's first lines are the ones that have one. */
const NAMED = 10;

/** What the cart comes to, and the way on: closed while a line cannot be ordered. */
export function CartSummary({ cart: { lines, totals }, currency }: Props) {
  const problems = lines.filter(({ problem }) => problem !== null);
  const isBlocked = problems.length > 0;
  return (
    <div id="summary" data-part>
      <Card title="Summary">
        <Stack>
          <OrderTotals {...totals} currency={currency} />
          <p class="prose pending-note">Changes that are not saved yet are not in the total.</p>
          {isBlocked && <Problems problems={problems} />}
          <Button
            variant="primary"
            name="checkout"
            value="yes"
            iconAfter="arrow-right"
            disabled={isBlocked}
            {...(isBlocked && { describedBy: 'problems' })}
            wide
          >
            Check out
          </Button>
        </Stack>
      </Card>
    </div>
  );
}

function Problems({ problems }: { problems: readonly CartLine[] }) {
  const more = problems.length - NAMED;
  return (
    <div id="problems">
      <Prose>
        {countOf(problems.length, 'item')} {problems.length === 1 ? 'needs' : 'need'} attention
        before you can check out:
      </Prose>
      <ul class="problems">
        {problems.slice(0, NAMED).map((line) => (
          <li>
            <a class="link" href={`#line-${line.productId}`}>
              {reason(line)}
            </a>
          </li>
        ))}
        {more > 0 && <li>{countOf(more, 'more item')}</li>}
      </ul>
    </div>
  );
}

function reason({ name, problem, onHand }: CartLine): string {
  const shown = shortName(name);
  return problem === 'gone' ? `${shown} is no longer available.` : notEnoughStock(shown, onHand);
}

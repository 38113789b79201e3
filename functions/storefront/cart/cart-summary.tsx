import type { Cart } from '#src/cart/queries.ts';
import { countOf } from '#src/lib/format-number.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Prose, Stack } from '../../views/layout.tsx';
import { OrderTotals } from '../../views/order-totals.tsx';

type Props = { cart: Cart; checkout: string; currency: string };

/** What it comes to, and the way on. */
export function CartSummary({ cart: { lines, totals }, checkout, currency }: Props) {
  const problems = lines.filter(({ problem }) => problem !== null).length;
  return (
    <Card title="Summary">
      <Stack>
        <OrderTotals {...totals} currency={currency} />
        {problems > 0 && (
          <Prose>
            {countOf(problems, 'product')} cannot be ordered like this: change the quantity or
            remove {problems === 1 ? 'it' : 'them'}.
          </Prose>
        )}
        <Button variant="primary" href={checkout} iconAfter="arrow-right" wide>
          Check out
        </Button>
      </Stack>
    </Card>
  );
}

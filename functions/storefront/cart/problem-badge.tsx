import type { CartLine } from '#src/cart/queries.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { Badge } from '../../views/badge.tsx';

/** Why a line of the cart cannot be ordered; nothing where it can. */
export function ProblemBadge({ problem, onHand }: Pick<CartLine, 'problem' | 'onHand'>) {
  if (problem === 'gone') return <Badge tone="danger">No longer available</Badge>;
  if (problem === null) return null;
  return (
    <Badge tone="danger">
      {onHand === 0 ? 'Out of stock' : `Only ${formatNumber(onHand)} left`}
    </Badge>
  );
}

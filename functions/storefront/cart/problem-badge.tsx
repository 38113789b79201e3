import type { CartLine } from '#src/cart/queries.ts';
import { Badge } from '../../views/badge.tsx';
import { stockLeft } from '../stock-left.ts';

/** Why a line of the cart cannot be ordered; nothing where it can. */
export function ProblemBadge({ problem, onHand }: Pick<CartLine, 'problem' | 'onHand'>) {
  if (problem === 'gone') return <Badge tone="danger">No longer available</Badge>;
  if (problem === null) return null;
  return <Badge tone="danger">{stockLeft(onHand)}</Badge>;
}

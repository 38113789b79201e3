import type { Product } from '#src/catalog/queries.ts';
import { Badge } from '../../views/badge.tsx';

export function ActiveBadge({ active }: Pick<Product, 'active'>) {
  return active ? <Badge tone="success">Active</Badge> : <Badge>Inactive</Badge>;
}

/** A word about stock that wants attention; nothing where there is plenty. */
export function StockBadge({ stock, lowAt }: Pick<Product, 'stock' | 'lowAt'>) {
  if (stock === 0) return <Badge tone="danger">Out of stock</Badge>;
  return stock <= lowAt ? <Badge tone="warning">Low</Badge> : null;
}

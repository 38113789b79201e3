import { markUnsent } from './arrival.ts';
import { keepOwn, readOwn } from './own-storage.ts';

/** A row as it will be looked up; null = no suggestion was chosen. */
export type Line = {
  key: number;
  text: string;
  quantity: string;
  product: Product | null;
};
/** What of a product its row shows; the price is in cents, for one unit. */
type Product = { id: string; name: string; sku: string | null; unit: string; priceCents: number };

const LINES = 'order-pad';

/** The rows that were typed and have not arrived. */
export function storedLines(): Line[] {
  markUnsent(LINES);
  try {
    const kept: unknown = JSON.parse(readOwn(LINES) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isLine).map(withPrice) : [];
  } catch {
    return [];
  }
}

function isLine(line: Partial<Line> | null): line is Line {
  const { product } = line ?? {};
  return (
    typeof line?.key === 'number' &&
    typeof line.text === 'string' &&
    typeof line.quantity === 'string' &&
    (product === null || (typeof product?.id === 'string' && typeof product.name === 'string'))
  );
}

/** Lines that were kept before they had prices are looked up by their SKU. */
const withPrice = (line: Line): Line =>
  typeof line.product?.priceCents === 'number' ? line : { ...line, product: null };

export const storeLines = (lines: readonly Line[]): void => keepOwn(LINES, JSON.stringify(lines));

import { markUnsent } from './arrival.ts';
import { keepOwn, listIn, readOwn } from './own-storage.ts';

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
  return listIn(readOwn(LINES), isLine).map(withPrice);
}

function isLine(item: unknown): item is Line {
  const line = item as Partial<Line> | null;
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

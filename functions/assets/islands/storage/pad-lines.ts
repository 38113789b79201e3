import { keepOwn, readOwn } from './own-storage.ts';

/** A row as it will be looked up; null = no suggestion was chosen. */
export type Line = {
  key: number;
  text: string;
  quantity: string;
  product: { id: string; name: string; sku: string | null } | null;
};

const LINES = 'order-pad';
const SENT = 'order-pad-sent';

/** The rows that were typed and have not arrived. */
export function storedLines(): Line[] {
  keepOwn(SENT, null);
  try {
    const kept: unknown = JSON.parse(readOwn(LINES) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isLine) : [];
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

export const storeLines = (lines: readonly Line[]): void => keepOwn(LINES, JSON.stringify(lines));

export const markSent = (): void => keepOwn(SENT, '');

/** The first page after the rows were sent says whether they have arrived, in the cart or to be checked. */
export function forgetArrived(): void {
  if (readOwn(SENT) === null) return;
  keepOwn(SENT, null);
  if (/\/(?:cart|quick-order\/add)$/.test(location.pathname)) keepOwn(LINES, null);
}

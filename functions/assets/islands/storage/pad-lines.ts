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
    return JSON.parse(readOwn(LINES) ?? '[]') as Line[];
  } catch {
    return [];
  }
}

export const storeLines = (lines: readonly Line[]): void => keepOwn(LINES, JSON.stringify(lines));

export const markSent = (): void => keepOwn(SENT, '');

/** The first page after the rows were sent says whether they have arrived, in the cart or to be checked. */
export function forgetArrived(): void {
  if (readOwn(SENT) === null) return;
  keepOwn(SENT, null);
  if (/\/(?:cart|quick-order\/add)$/.test(location.pathname)) keepOwn(LINES, null);
}

import type { Invoice } from '#src/orders/invoice.ts';
import type { Style } from './typesetter.ts';

/** Points; 72 are an inch. */
const SIZES = { LETTER: [612, 792], A4: [595.28, 841.89] } as const;
const MARGIN = 48;
/** Kept free above the lower margin for the number of the page. */
const FOOTER = 28;

/** Where things go on a page; all in points from its upper left corner. */
export interface Sheet {
  size: readonly [width: number, height: number];
  left: number;
  right: number;
  width: number;
  top: number;
  /** Where the footer begins. */
  bottom: number;
}

export function sheetOf(paper: Invoice['paper']): Sheet {
  const size = SIZES[paper];
  const [width, height] = size;
  return {
    size,
    left: MARGIN,
    right: width - MARGIN,
    width: width - 2 * MARGIN,
    top: MARGIN,
    bottom: height - MARGIN - FOOTER,
  };
}

const INK = '#111827';
const MUTED = '#6b7280';
export const HAIRLINE = '#e5e7eb';
export const RULE = '#9ca3af';

export const STYLES = {
  title: { size: 22, weight: 'bold', color: INK },
  cancelled: { size: 11, weight: 'bold', color: '#b91c1c' },
  company: { size: 11, weight: 'bold', color: INK },
  text: { size: 9, weight: 'regular', color: INK },
  strong: { size: 9, weight: 'bold', color: INK },
  muted: { size: 9, weight: 'regular', color: MUTED },
  label: { size: 8, weight: 'bold', color: MUTED },
  total: { size: 11, weight: 'bold', color: INK },
  footer: { size: 8, weight: 'regular', color: MUTED },
} as const satisfies Record<string, Style>;

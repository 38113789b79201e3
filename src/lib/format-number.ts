const format = new Intl.NumberFormat('en-US');

/** A figure for people: `12000` → `12,000`. */
export function formatNumber(n: number): string {
  return format.format(n);
}

/** So many of something with a regular plural: `1 customer`, `12,000 customers`. */
export function countOf(n: number, noun: string): string {
  return `${formatNumber(n)} ${noun}${n === 1 ? '' : 's'}`;
}

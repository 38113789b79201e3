/** What `invoice-fonts.json` says of each family: its files, with the code points they are for (`0-ff,131`, hex). */
export type FontIndex = Record<string, { file: string; ranges: string }[]>;

/** The files of a family that are for any of these code points, which come sorted. */
export function slicesFor(
  index: FontIndex,
  family: string,
  codePoints: readonly number[],
): string[] {
  const slices = index[family] ?? [];
  return slices.filter(({ ranges }) => meets(ranges, codePoints)).map(({ file }) => file);
}

function meets(ranges: string, sorted: readonly number[]): boolean {
  return ranges.split(',').some((range) => {
    const [from = '', to = from] = range.split('-');
    const next = firstFrom(sorted, Number.parseInt(from, 16));
    return next !== undefined && next <= Number.parseInt(to, 16);
  });
}

function firstFrom(sorted: readonly number[], least: number): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < least) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

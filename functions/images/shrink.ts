import type { Pixels } from './decode-image.ts';

/** The size of a picture that fits into a square of `side` pixels: never larger than it is, never less than 1. */
export function fitInto(
  { width, height }: { width: number; height: number },
  side: number,
): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: scaled(width), height: scaled(height) };
}

/**
 * Makes a picture smaller by averaging the area that each new pixel covers, so that nothing flickers and no edge
 * frays. Transparent pixels give no colour. Reads each line once and keeps two: beside a decoded picture there is no
 * memory for another.
 */
export function shrink(from: Pixels, to: { width: number; height: number }): Pixels {
  const { width, height } = to;
  const data = new Uint8ClampedArray(width * height * 4);
  const line = new Float32Array(width * 4);
  const sum = new Float32Array(width * 4);
  const scale = height / from.height;
  let row = 0;
  for (let y = 0; y < from.height; y += 1) {
    averageLine(from, y, line, width);
    // The part of this line that belongs to the new row, and the rest, which begins the next one.
    const inside = Math.min(scale, row + 1 - y * scale);
    add(sum, line, inside);
    const isLast = y === from.height - 1;
    if (isLast || (y + 1) * scale >= row + 1 - EPSILON) {
      if (row < height) writeRow(data, row, sum, width);
      sum.fill(0);
      row += 1;
      if (scale - inside > EPSILON) add(sum, line, scale - inside);
    }
  }
  return { data, width, height };
}

const EPSILON = 1e-6;

function add(sum: Float32Array, line: Float32Array, weight: number): void {
  for (let n = 0; n < sum.length; n += 1) sum[n] = (sum[n] ?? 0) + (line[n] ?? 0) * weight;
}

/** One line, narrower: colours multiplied with alpha, alpha from 0 to 1. */
function averageLine({ data, width }: Pixels, y: number, line: Float32Array, to: number): void {
  line.fill(0);
  const scale = to / width;
  let column = 0;
  for (let x = 0, at = y * width * 4; x < width; x += 1, at += 4) {
    const alpha = (data[at + 3] ?? 0) / 255;
    const inside = Math.min(scale, column + 1 - x * scale);
    addPixel(line, column * 4, data, at, alpha, inside);
    if ((x + 1) * scale >= column + 1 - EPSILON) {
      column += 1;
      if (scale - inside > EPSILON && column < to) {
        addPixel(line, column * 4, data, at, alpha, scale - inside);
      }
    }
  }
}

function addPixel(
  line: Float32Array,
  to: number,
  data: Pixels['data'],
  at: number,
  alpha: number,
  weight: number,
): void {
  const share = alpha * weight;
  line[to] = (line[to] ?? 0) + (data[at] ?? 0) * share;
  line[to + 1] = (line[to + 1] ?? 0) + (data[at + 1] ?? 0) * share;
  line[to + 2] = (line[to + 2] ?? 0) + (data[at + 2] ?? 0) * share;
  line[to + 3] = (line[to + 3] ?? 0) + share;
}

function writeRow(data: Uint8ClampedArray, row: number, sum: Float32Array, width: number): void {
  for (let x = 0, at = row * width * 4; x < width * 4; x += 4, at += 4) {
    const alpha = sum[x + 3] ?? 0;
    for (let n = 0; n < 3; n += 1) data[at + n] = alpha > 0 ? (sum[x + n] ?? 0) / alpha : 0;
    data[at + 3] = alpha * 255;
  }
}

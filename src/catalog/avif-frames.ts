import { type Box, boxes, broken, view } from './image-boxes.ts';

/*
 * An AVIF names the pieces of its images in tables (ISO 14496-12: `iinf` what each item is, `iloc` where it lies), and
 * each piece is a row of AV1 units, of which those that hold a frame cost time.
 */

const FRAME_HEADER = 3;
const FRAME = 6;

/** How many frames a decoder works through for an AVIF: one for the picture, one for its transparency, one a tile. */
export function countFrames(bytes: Uint8Array, metas: readonly Uint8Array[]): number {
  let frames = 0;
  let read = 0;
  for (const meta of metas) {
    const parts = [...boxes(meta.subarray(4))];
    const images = new Set(parts.filter(({ type }) => type === 'iinf').flatMap(codedImages));
    const inMeta = parts.find(({ type }) => type === 'idat')?.body ?? new Uint8Array();
    for (const { body } of parts.filter(({ type }) => type === 'iloc')) {
      for (const { item, isInMeta, extents } of locations(body)) {
        if (!images.has(item)) continue;
        const source = isInMeta ? inMeta : bytes;
        const pieces = extents.map(([from, length]) => source.subarray(from, from + length));
        read += pieces.reduce((sum, piece) => sum + piece.length, 0);
        // The same bytes as many items: nothing but a way to be decoded again and again.
        if (read > bytes.length) broken();
        frames += framesIn(join(pieces));
      }
    }
  }
  return frames;
}

/** The items that are pictures in AV1. */
function codedImages({ body }: Box): number[] {
  const entries = body.subarray(body[0] === 0 ? 6 : 8);
  return [...boxes(entries)].flatMap(({ body: entry }) => {
    const wide = entry[0] === 3;
    const data = view(entry);
    const type = String.fromCharCode(...entry.subarray(wide ? 10 : 8, wide ? 14 : 12));
    return type === 'av01' ? [wide ? data.getUint32(4) : data.getUint16(4)] : [];
  });
}

interface Location {
  item: number;
  /** In the box `idat` beside the table, and not anywhere in the file. */
  isInMeta: boolean;
  extents: [from: number, length: number][];
}

function* locations(body: Uint8Array): Generator<Location> {
  const data = view(body);
  const version = data.getUint8(0);
  let at = 4;
  const next = (size: number): number => {
    const from = at;
    at += size;
    if (size === 8) return data.getUint32(from) * 2 ** 32 + data.getUint32(from + 4);
    if (size === 4) return data.getUint32(from);
    if (size === 2) return data.getUint16(from);
    return size === 0 ? 0 : broken();
  };
  const sizes = next(2);
  const [offsetSize, lengthSize] = [sizes >> 12, (sizes >> 8) & 15];
  const [baseSize, indexSize] = [(sizes >> 4) & 15, version === 0 ? 0 : sizes & 15];
  const wide = version < 2 ? 2 : 4;
  for (let left = next(wide); left > 0; left -= 1) {
    const item = next(wide);
    const isInMeta = version > 0 && (next(2) & 15) === 1;
    next(2);
    const base = next(baseSize);
    const extents: Location['extents'] = [];
    for (let more = next(2); more > 0; more -= 1) {
      next(indexSize);
      // No length is all there is.
      extents.push([base + next(offsetSize), next(lengthSize) || Infinity]);
    }
    yield { item, isInMeta, extents };
  }
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(), ...others] = pieces;
  if (others.length === 0) return first;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function framesIn(units: Uint8Array): number {
  let frames = 0;
  for (let at = 0; at < units.length;) {
    const header = units[at] ?? 0;
    const type = (header >> 3) & 15;
    if (type === FRAME || type === FRAME_HEADER) frames += 1;
    at += header & 4 ? 2 : 1;
    // A unit without a length is the last one; zeros may fill the space between two.
    if (header !== 0 && !(header & 2)) return frames;
    if (header === 0) continue;
    let size = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = units[at] ?? 0;
      at += 1;
      size += (byte & 127) * shift;
      if (byte < 128 || shift > 2 ** 49) break;
    }
    at += size;
  }
  return frames;
}

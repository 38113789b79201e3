import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** Codes are put into bytes from the high bit down; JPEG writes a zero behind each byte of ones. */
class Bits {
  readonly bytes: number[] = [];
  #rest = 0;
  #count = 0;

  put(value: number, length: number): this {
    for (let bit = length - 1; bit >= 0; bit -= 1) {
      this.#rest = (this.#rest << 1) | ((value >> bit) & 1);
      this.#count += 1;
      if (this.#count === 8) this.#flush();
    }
    return this;
  }

  end(): number[] {
    while (this.#count > 0) this.put(1, 1);
    return this.bytes;
  }

  #flush(): void {
    this.bytes.push(this.#rest);
    if (this.#rest === 0xff) this.bytes.push(0);
    this.#rest = 0;
    this.#count = 0;
  }
}

const u16 = (value: number) => [value >> 8, value & 255];
const segment = (marker: number, body: number[]) => [
  0xff,
  marker,
  ...u16(body.length + 2),
  ...body,
];
const zeros = (length: number) => Array.from({ length }, () => 0);

/**
 * A grey progressive JPG of nothing, `scans` in all: the first says the grey, each of the others refines 63 coefficients
 * of every block and is some 50 bytes long. `between` goes before each of them.
 */
export function scanBomb(
  width: number,
  height: number,
  scans: number,
  between: number[] = [],
): Uint8Array {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const parts = [
    [0xff, 0xd8, ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)])],
    segment(0xc2, [8, ...u16(height), ...u16(width), 1, 1, 0x11, 0]),
    // One code for "no difference"; one for a run of blocks of nothing, one for a single such block.
    segment(0xc4, [0x00, 1, ...zeros(15), 0]),
    segment(0xc4, [0x10, 1, 1, ...zeros(14), 0xe0, 0x00]),
    segment(0xda, [1, 1, 0, 0, 0, 0]),
    zeros(Math.ceil(blocks / 8)),
  ];
  const nothing = nothingOf(blocks);
  for (let scan = 0; scan < scans - 1; scan += 1) {
    const bit = 13 - (scan % 14);
    const before = scan % 14 === 0 ? 0 : bit + 1;
    parts.push(between, segment(0xda, [1, 1, 0, 1, 63, (before << 4) | bit]), nothing);
  }
  return Uint8Array.from([...parts, [0xff, 0xd9]].flat());
}

function nothingOf(blocks: number): number[] {
  const bits = new Bits();
  let left = blocks;
  for (; left >= 16_384; left -= Math.min(left, 32_767)) {
    bits.put(0, 1).put(Math.min(left, 32_767) - 16_384, 14);
  }
  for (; left > 0; left -= 1) bits.put(0b10, 2);
  return bits.end();
}

/** A JPG that is not progressive, with a scan for each of its three colours: all of it is kept until the last. */
export function colourByColour(width: number, height: number): Uint8Array {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const colours = [1, 2, 3];
  const parts = [
    [0xff, 0xd8, ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)])],
    segment(0xc0, [8, ...u16(height), ...u16(width), 3, ...colours.flatMap((n) => [n, 0x11, 0])]),
    segment(0xc4, [0x00, 1, ...zeros(15), 0]),
    segment(0xc4, [0x10, 1, ...zeros(15), 0]),
    ...colours.flatMap((n) => [segment(0xda, [1, n, 0, 0, 63, 0]), zeros(Math.ceil(blocks / 4))]),
    [0xff, 0xd9],
  ];
  return Uint8Array.from(parts.flat());
}

/** An AVIF with its frame `frames` times in a row; decoders work through all of them to show one. */
export async function frameBomb(
  width: number,
  height: number,
  frames: number,
): Promise<Uint8Array> {
  const flat = sharp({ create: { width, height, channels: 3, background: '#c40' } });
  const file = await flat.avif({ effort: 0, quality: 30 }).toBuffer();
  const mdat = file.indexOf('mdat');
  const data = file.subarray(mdat + 4);
  // A delimiter, a header of the sequence, and the frame, each with its length in the second byte or second and third.
  const units = file.subarray(mdat + 4);
  const first = 2 + (units[1] ?? 0);
  const frame = data.subarray(first + 2 + (units[first + 1] ?? 0));
  const grown = Buffer.concat([data, ...Array.from({ length: frames - 1 }, () => frame)]);
  const whole = Buffer.concat([file.subarray(0, mdat + 4), grown]);
  whole.writeUInt32BE(grown.length + 8, mdat - 4);
  // Where the table of places has the length of the data.
  let at = whole.indexOf('iloc');
  while (whole.readUInt32BE(at) !== data.length) at += 1;
  whole.writeUInt32BE(grown.length, at);
  return new Uint8Array(whole);
}

/** A chunk of a PNG, with its checksum. */
export function pngChunk(type: string, data: Uint8Array = new Uint8Array()): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A black PNG with its compressed data as given, and other chunks before it. */
export function blackPng(
  width: number,
  height: number,
  more: { zlib?: Uint8Array; chunks?: readonly Uint8Array[] } = {},
): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const parts = [
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...(more.chunks ?? []),
    pngChunk('IDAT', more.zlib ?? deflateSync(blackLines(width, height))),
    pngChunk('IEND'),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

/** The lines of a black PNG: each has a byte for its filter, and three a pixel. */
export const blackLines = (width: number, height: number) => Buffer.alloc(height * (1 + 3 * width));

const lowFirst = (value: number, length: number) =>
  Array.from({ length }, (_, bit) => (value >> bit) & 1).join('');

/** Blocks of deflate with nothing in them, as their bits (RFC 1951, section 3.2). */
const EMPTY_BLOCKS = {
  stored: `000${'0'.repeat(5)}${lowFirst(0, 16)}${lowFirst(0xffff, 16)}`,
  fixed: `010${'0'.repeat(7)}`,
  // Codes of one bit for a length of 1 and for many zeros: 256 of these, the end of the block and one distance.
  dynamic:
    `001${lowFirst(0, 5)}${lowFirst(0, 5)}${lowFirst(14, 4)}` +
    `000000100${'000'.repeat(14)}100` +
    `1${lowFirst(138 - 11, 7)}1${lowFirst(118 - 11, 7)}00` +
    '0',
};

/** The data compressed, behind so many empty blocks; a multiple of eight, so that they end with a byte. */
export function withEmptyBlocks(
  data: Uint8Array,
  kind: keyof typeof EMPTY_BLOCKS,
  blocks: number,
): Uint8Array {
  const bits = EMPTY_BLOCKS[kind].repeat(8);
  const eight = Uint8Array.from({ length: bits.length / 8 }, (_, n) =>
    Number.parseInt(
      Array.from(bits.slice(8 * n, 8 * n + 8))
        .toReversed()
        .join(''),
      2,
    ),
  );
  const zlib = deflateSync(data);
  const empty = Array.from({ length: blocks / 8 }, () => eight);
  return new Uint8Array(Buffer.concat([zlib.subarray(0, 2), ...empty, zlib.subarray(2)]));
}

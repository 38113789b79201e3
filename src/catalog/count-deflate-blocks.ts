import { broken, view } from './image-boxes.ts';
import { HuffmanCodes } from './huffman-codes.ts';

/*
 * Walks through compressed data (RFC 1951) without unpacking it: the codes alone say where a block ends. It refuses
 * nothing that zlib accepts, so a decoder reaches no block that is not counted.
 */

const STORED = 0;
const FIXED = 1;
const DYNAMIC = 2;
const END_OF_BLOCK = 256;
const LENGTH_SYMBOLS = 288;
const DISTANCE_SYMBOLS = 32;
/** In which order the lengths of the codes for lengths come (section 3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const REPEAT_LAST = 16;
const REPEAT_ZERO = 17;
const REPEAT_ZERO_LONG = 18;

/** The fixed codes (section 3.2.6). */
const fixedLengths = new HuffmanCodes(LENGTH_SYMBOLS).set(
  new Uint8Array(LENGTH_SYMBOLS).fill(8).fill(9, 144, 256).fill(7, 256, 280),
  0,
  LENGTH_SYMBOLS,
);
const fixedDistances = new HuffmanCodes(DISTANCE_SYMBOLS).set(
  new Uint8Array(DISTANCE_SYMBOLS).fill(5),
  0,
  DISTANCE_SYMBOLS,
);

/**
 * Counts the blocks of zlib data (RFC 1950). It stops when there are more than `most`, and at the first fault: the block
 * with the fault is the last that is counted.
 */
export function countDeflateBlocks(zlib: Uint8Array, most: number): number {
  const walk = new Walk(zlib);
  let blocks = 0;
  try {
    for (let isLast = false; !isLast && blocks <= most;) {
      blocks += 1;
      isLast = walk.skipBlock();
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return blocks;
}

/** Reading past the end throws RangeError. Up to 31 bits are read ahead: behind the last block lie 32 of checksum. */
class Walk {
  readonly #data: DataView;
  /** The bit that comes next; the low ones of a byte come first, and zlib's header before all. */
  #at = 16;
  readonly #lengths = new HuffmanCodes(LENGTH_SYMBOLS);
  readonly #distances = new HuffmanCodes(DISTANCE_SYMBOLS);
  readonly #ofLengths = new HuffmanCodes(ORDER.length);

  constructor(zlib: Uint8Array) {
    this.#data = view(zlib);
  }

  /** Skips a block, and says if it was the last (section 3.2.3). */
  skipBlock(): boolean {
    const isLast = this.#take(1) === 1;
    const type = this.#take(2);
    if (type === STORED) this.#skipStored();
    else if (type === FIXED) this.#skipSymbols(fixedLengths, fixedDistances);
    else if (type === DYNAMIC) {
      this.#readCodes();
      this.#skipSymbols(this.#lengths, this.#distances);
    } else broken();
    return isLast;
  }

  /** Section 3.2.4. */
  #skipStored(): void {
    const at = (this.#at + 7) >>> 3;
    this.#at = (at + 4 + this.#data.getUint16(at, true)) * 8;
  }

  /** Section 3.2.5. */
  #skipSymbols(lengths: HuffmanCodes, distances: HuffmanCodes): void {
    for (;;) {
      const symbol = this.#symbol(lengths);
      if (symbol === END_OF_BLOCK) return;
      if (symbol < END_OF_BLOCK) continue;
      if (symbol >= 265 && symbol !== 285) this.#at += (symbol - 261) >> 2;
      const distance = this.#symbol(distances);
      if (distance >= 4) this.#at += (distance >> 1) - 1;
    }
  }

  /** Section 3.2.7. */
  #readCodes(): void {
    const literals = this.#take(5) + 257;
    const all = literals + this.#take(5) + 1;
    const given = this.#take(4) + 4;
    const ofLengths = new Uint8Array(ORDER.length);
    for (let n = 0; n < given; n += 1) ofLengths[ORDER[n] ?? 0] = this.#take(3);
    this.#ofLengths.set(ofLengths, 0, ORDER.length);
    const lengths = new Uint8Array(all);
    for (let n = 0; n < all;) {
      const symbol = this.#symbol(this.#ofLengths);
      if (symbol < REPEAT_LAST) {
        lengths[n] = symbol;
        n += 1;
      } else if (symbol === REPEAT_LAST) {
        const times = 3 + this.#take(2);
        lengths.fill(lengths[n - 1] ?? broken(), n, n + times);
        n += times;
      } else if (symbol === REPEAT_ZERO) n += 3 + this.#take(3);
      else if (symbol === REPEAT_ZERO_LONG) n += 11 + this.#take(7);
    }
    this.#lengths.set(lengths, 0, literals);
    this.#distances.set(lengths, literals, all);
  }

  #take(length: number): number {
    const taken = this.#ahead() & ((1 << length) - 1);
    this.#at += length;
    return taken;
  }

  #symbol(codes: HuffmanCodes): number {
    const found = codes.find(this.#ahead()) || broken();
    this.#at += found & 15;
    return found >> 4;
  }

  /** The next bits, 25 at least. */
  #ahead(): number {
    return this.#data.getUint32(this.#at >>> 3, true) >>> (this.#at & 7);
  }
}

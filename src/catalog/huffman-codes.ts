const LONGEST = 15;
/** Codes of up to so many bits are looked up at once; longer ones are rare, and walked through. */
const LOOKED_UP = 9;
const ENTRIES = 1 << LOOKED_UP;

/** Each number of nine bits with its bits the other way round: data has the first bit of a code lowest. */
const REVERSED = Uint16Array.from({ length: ENTRIES }, (_, number) => {
  let reversed = 0;
  for (let bit = 0; bit < LOOKED_UP; bit += 1) {
    if (number & (1 << bit)) reversed |= ENTRIES >> (bit + 1);
  }
  return reversed;
});

/** The Huffman codes of deflate (RFC 1951, section 3.2.2), made from their lengths; 0 is a symbol that does not occur. */
export class HuffmanCodes {
  /** How many codes there are of each length. */
  readonly #counts = new Uint16Array(LONGEST + 1);
  /** The symbols by length, and of one length in their order. */
  readonly #symbols: Uint16Array;
  /** What `find` returns for the bits that come next, if the code is short. */
  readonly #short = new Uint16Array(ENTRIES);
  readonly #places = new Uint16Array(LONGEST + 1);
  readonly #codes = new Uint16Array(LONGEST + 1);

  constructor(mostSymbols: number) {
    this.#symbols = new Uint16Array(mostSymbols);
  }

  /** Takes the lengths from `from` up to `end`, one per symbol, in place of earlier ones. */
  set(lengths: Uint8Array, from: number, end: number): this {
    this.#count(lengths, from, end);
    this.#short.fill(0);
    for (let at = from; at < end; at += 1) {
      const length = lengths[at] ?? 0;
      if (length === 0) continue;
      const place = this.#places[length] ?? 0;
      this.#places[length] = place + 1;
      this.#symbols[place] = at - from;
      const code = this.#codes[length] ?? 0;
      this.#codes[length] = code + 1;
      if (length > LOOKED_UP) continue;
      const entry = ((at - from) << 4) | length;
      let bits = REVERSED[code << (LOOKED_UP - length)] ?? ENTRIES;
      for (; bits < ENTRIES; bits += 1 << length) this.#short[bits] = entry;
    }
    return this;
  }

  /** Returns the symbol that the bits begin with, times 16, plus the length of its code; 0 if there is none. */
  find(bits: number): number {
    return this.#short[bits & (ENTRIES - 1)] || this.#walk(bits);
  }

  #count(lengths: Uint8Array, from: number, end: number): void {
    this.#counts.fill(0);
    for (let at = from; at < end; at += 1) {
      const length = lengths[at] ?? 0;
      this.#counts[length] = (this.#counts[length] ?? 0) + 1;
    }
    this.#counts[0] = 0;
    let place = 0;
    let code = 0;
    for (let length = 1; length <= LONGEST; length += 1) {
      this.#places[length] = place;
      this.#codes[length] = code;
      const count = this.#counts[length] ?? 0;
      place += count;
      code = (code + count) << 1;
    }
  }

  #walk(bits: number): number {
    let code = 0;
    let first = 0;
    let before = 0;
    for (let length = 1; length <= LONGEST; length += 1) {
      code |= (bits >>> (length - 1)) & 1;
      const count = this.#counts[length] ?? 0;
      if (code < first + count) return ((this.#symbols[before + code - first] ?? 0) << 4) | length;
      before += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return 0;
  }
}

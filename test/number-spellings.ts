/** What a field does with a text: shows this when it is read, or says this sentence. */
export type Spelling = { typed: string } & ({ shown: string } | { says: string });

/** The same number, as people write it. */
const reads = (shown: string, ...texts: string[]): Spelling[] =>
  texts.map((typed) => ({ typed, shown }));
const refuses = (says: string, ...texts: string[]): Spelling[] =>
  texts.map((typed) => ({ typed, says }));

/** Spellings of an amount in dollars. */
export const moneySpellings = (label: string): Spelling[] => [
  ...reads('42.50', '42.50', ' 42.5 ', '$42.50', '$ 42.50', '42.50 $', 'USD 42.50', 'US$42.50'),
  ...reads('42.50', '42.50 usd', '+42.50', '４２．５０', '＄42.50', '42.5000'),
  ...reads('1200.00', '1,200', '1 200', '1\u00A0200', '1\u2009200', "1'200", '1’200.00'),
  ...reads('1200.50', '1,200.50', '$1,200.5', '1 200.50'),
  ...reads('0.50', '.5', '0.500'),
  ...reads('5.00', '5.', '$5'),
  ...refuses('Did you mean 1,200 or 1.20?', '1.200', '$1.200'),
  ...refuses('Did you mean 12.50? Use a dot for decimals.', '12,5', '12,50'),
  ...refuses('Did you mean 1,200.50? Use a dot for decimals.', '1.200,50', '1 200,50'),
  ...refuses('Did you mean 123,456?', '1,23,456'),
  ...refuses('Did you mean 500 or 0.50?', '0,500'),
  ...refuses(`${label} must have at most 2 decimal places. Did you mean 12,345?`, '12.345'),
  ...refuses(`${label} must have at most 2 decimal places.`, '12.3456'),
  ...refuses(`${label} must be a number like 12.50.`, 'abc', '1e3', '--5', '5%', '5 pcs', '½'),
  ...refuses(`${label} must be in USD, not €.`, '€5', '5 €'),
  ...refuses(`${label} must be in USD, not CAD.`, '5 CAD'),
  ...refuses(`${label} must be between 0 and`, '-5', '-$5', '999999999999999'),
];

/** Spellings of a percentage of at most 30. */
export const percentSpellings = (label: string): Spelling[] => [
  ...reads('8.25', '8.25', '8.25%', '8.25 %', '８．２５％', '+8.25', '8.250'),
  ...reads('0.5', '.5', '0.500'),
  ...reads('5', '5.', '5 %'),
  ...refuses('Did you mean 8.25? Use a dot for decimals.', '8,25', '8,25 %', '8,250'),
  ...refuses(`${label} must have at most 4 decimal places.`, '8.12345'),
  ...refuses(`${label} must be a number like 8.25.`, 'abc', '1e1', '--5', '$5'),
  ...refuses(`${label} must be between 0 and 30 %.`, '-1', '30.1', '1,200'),
];

/** Spellings of a whole number. */
export const wholeSpellings = (range: string): Spelling[] => [
  ...reads('1200', '1200', ' 1200 ', '1,200', '1 200', '1\u00A0200', "1'200", '１２００', '+1200'),
  ...reads('24', '24', '24.0', '24.'),
  ...refuses('Did you mean 1,000 or 1.00?', '1.000'),
  ...refuses('Did you mean 1,200?', '1.200'),
  ...refuses('Did you mean 12,345?', '1,2,345'),
  ...refuses(range, '2.5', '12,5', 'abc', '1e3', '--5', '-5', '$5', '5%', '9999999999999'),
];

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv-parse.ts';

const parse = (text: string) => parseCsv(new TextEncoder().encode(text));
const cellsOf = (text: string) => parse(text).rows.map(({ cells }) => cells);
const messages = (text: string) => parse(text).problems;

const QUOTES =
  'Quotes do not match: close every quoted cell with ", and write a " inside it twice ("").';

const LONG = 'Row has a cell of more than 32,768 characters, or more than twice as many in all.';

describe('csv-spectrum', () => {
  const spectrum = path.dirname(createRequire(import.meta.url).resolve('csv-spectrum'));
  const names = readdirSync(path.join(spectrum, 'csvs')).map((name) => path.basename(name, '.csv'));

  it('has its twelve files', () => {
    expect(names).toHaveLength(12);
  });

  it.each(names)('%s', (name) => {
    const csv = readFileSync(path.join(spectrum, 'csvs', `${name}.csv`));
    const json: unknown = JSON.parse(
      readFileSync(path.join(spectrum, 'json', `${name}.json`), 'utf8'),
    );
    const { headers, rows, problems } = parseCsv(csv);
    const objects = rows.map(({ cells }) =>
      Object.fromEntries(headers.map((header, index) => [header, cells[index]])),
    );
    const expected = [json].flat();
    // The package's JSON has another phone number than its CSV.
    if (name === 'location_coordinates') {
      Object.assign(expected[0] ?? {}, { 'Contact Phone Number': '2095257564' });
    }
    expect(objects).toEqual(expected);
    expect(problems).toEqual([]);
  });
});

describe('delimiter', () => {
  it.each([',', ';', '\t', '|'])('finds %j', (delimiter) => {
    const text = `email,name,limit\na@x.com,Ann,1\n`.replaceAll(',', delimiter);
    expect(parse(text)).toMatchObject({ delimiter, headers: ['email', 'name', 'limit'] });
  });

  it('is what divides the header, whatever the cells contain', () => {
    expect(parse('email;notes\na@x.com;a, b, c\nb@x.com;d, e, f\n').delimiter).toBe(';');
    expect(parse('"email";"notes, long"\n"a@x.com";"1,50"\n').delimiter).toBe(';');
    expect(parse('email,notes\na@x.com,1;2;3\nb@x.com\n').delimiter).toBe(',');
  });

  it('is a comma for a file of one column', () => {
    expect(parse('email\na@x.com\n')).toMatchObject({ delimiter: ',', headers: ['email'] });
  });

  it('is what a sep= line says, which is no row', () => {
    for (const line of ['sep=;', 'SEP=;', '"sep=;"', '\uFEFFsep=;']) {
      expect(parse(`${line}\r\nemail;name\r\na@x.com;A,B\r\n`)).toMatchObject({
        delimiter: ';',
        headerRow: 1,
        headers: ['email', 'name'],
        rows: [{ row: 2, cells: ['a@x.com', 'A,B'] }],
      });
    }
    expect(parse('sep=^\nemail^name\na@x.com^A\n').headers).toEqual(['email', 'name']);
  });
});

describe('rows', () => {
  it('are numbered as a spreadsheet numbers them', () => {
    const text = 'email,notes\na@x.com,"two\nlines"\n\nb@x.com,x\n,\nc@x.com,y\n\n\n';
    expect(parse(text).rows.map(({ row }) => row)).toEqual([2, 4, 6]);
  });

  it('begin at the first row with text', () => {
    expect(parse('\n\nemail\na@x.com')).toMatchObject({
      headerRow: 3,
      headers: ['email'],
      rows: [{ row: 4, cells: ['a@x.com'] }],
    });
  });

  it('end at CRLF, LF and CR, in one file too, and keep the newlines of quoted cells', () => {
    for (const newline of ['\r\n', '\n', '\r']) {
      expect(cellsOf(['a,b', '1,"x\r\ny\rz\nw"', '2,'].join(newline))).toEqual([
        ['1', 'x\r\ny\rz\nw'],
        ['2', ''],
      ]);
    }
    expect(cellsOf('a,b\r\n1,x\n2,"y\r"\r3,z')).toEqual([
      ['1', 'x'],
      ['2', 'y\r'],
      ['3', 'z'],
    ]);
  });

  it('of an empty file are none', () => {
    for (const text of ['', '\n\n', 'sep=;', ' , \n']) {
      expect(parse(text)).toMatchObject({ headers: [], rows: [], problems: [] });
    }
  });
});

describe('problems', () => {
  it('name ragged rows and let blank cells beyond the header pass', () => {
    const text = 'email,name,notes\na@x.com,A\nb@x.com,B,x,y\nc@x.com,C,x,\nd@x.com,D,x\ne@x.com\n';
    expect(messages(text)).toEqual([
      { row: 2, message: 'Row has 2 cells, the header has 3.' },
      { row: 3, message: 'Row has 4 cells, the header has 3.' },
      { row: 6, message: 'Row has 1 cell, the header has 3.' },
    ]);
  });

  it('name the row of a quote that is never closed', () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => `u${index + 2}@x.com,"n"`);
    rows[4_997] = 'u4999@x.com,"never closed';
    const { problems, rows: read } = parse(`email,name\n${rows.join('\n')}\n`);
    expect(problems).toEqual([{ row: 4_999, message: QUOTES }]);
    expect(read).toHaveLength(4_999);
  });

  it('name a row with a stray quote once', () => {
    const text = 'email,name\na@x.com,"Bob "the" Builder"\nb@x.com,B\n';
    expect(messages(text)).toEqual([{ row: 2, message: QUOTES }]);
    expect(messages('email,name\na@x.com,"Bob')).toEqual([{ row: 2, message: QUOTES }]);
  });

  it('take quotes inside an unquoted cell as they are', () => {
    expect(cellsOf('email,name\na@x.com,12" pan\n')).toEqual([['a@x.com', '12" pan']]);
  });

  it('name a row with a cell or with cells that nothing needs', () => {
    const long = 'x'.repeat(32_769);
    const many = 'x,'.repeat(200);
    const text = `email,name\na@x.com,${long}\nb@x.com,"${long}"\n${many}\nc@x.com,C\n`;
    const { problems, rows, rowCount } = parse(text);
    expect(problems).toEqual([
      { row: 2, message: LONG },
      { row: 3, message: LONG },
      { row: 4, message: 'Row has more than 200 cells.' },
    ]);
    expect(rows.at(-1)).toEqual({ row: 5, cells: ['c@x.com', 'C'] });
    expect(rowCount).toBe(4);
    expect(cellsOf(`email\n${'x'.repeat(32_768)}\n`)[0]?.[0]).toHaveLength(32_768);
  });

  it('do not keep the rows behind them from being read', () => {
    const text = 'email,name\na@x.com,"Bob "the" B"\nb@x.com,"B"  \nc@x.com,"C"';
    expect(parse(text)).toMatchObject({
      problems: [{ row: 2, message: QUOTES }],
      rows: [{ row: 2 }, { row: 3, cells: ['b@x.com', 'B'] }, { row: 4, cells: ['c@x.com', 'C'] }],
    });
  });
});

// Each took a parser that looks ahead from quote to quote from ten seconds to several minutes.
describe('two megabytes made to be slow', () => {
  const filled = (text: string) => text.repeat(Math.floor(2_097_152 / text.length));

  it.each([
    ['"\n', { rowCount: 0, headers: [], problems: [] }],
    ['""\n', { rowCount: 0, headers: [], problems: [] }],
    ['",', { rowCount: 0, columnCount: 524_289 }],
    ['a"', { rowCount: 0, problems: [{ row: 1, message: LONG }] }],
    ['a,"b\r', { rowCount: 0, problems: [{ row: 1, message: QUOTES }] }],
    ['"a" ', { rowCount: 0, problems: [{ row: 1, message: QUOTES }] }],
    ['"a"b\n', { rowCount: 0, problems: [{ row: 1, message: QUOTES }] }],
    [',"\n', { rowCount: 349_524 }],
    ['x', { rowCount: 0, problems: [{ row: 1, message: LONG }] }],
  ])('%j are read to the end at once', (text, found) => {
    expect(parseCsv(new TextEncoder().encode(filled(text)), 5_000)).toMatchObject(found);
  });

  it('end in a message where blanks stand behind stray quotes', () => {
    const text = `email\n"${'x"'.repeat(500_000)}${' '.repeat(1_000_000)}\n`;
    expect(messages(text)).toEqual([{ row: 2, message: QUOTES }]);
  });
});

describe('headers', () => {
  it('are trimmed and can be shown and stored', () => {
    expect(parse(' email ,na\0me,\uFEFFnotes\n').headers).toEqual(['email', 'na\uFFFDme', 'notes']);
  });

  it('are kept to 200 characters', () => {
    expect(parse(`email,${'n'.repeat(300)}\n`).headers).toEqual(['email', `${'n'.repeat(200)}…`]);
  });
});

import Papa from 'papaparse';

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLE_CHARACTERS = 64 * 1024;
const SAMPLE_ROWS = 50;

export interface CsvRow {
  /** As a spreadsheet numbers it: from 1, blank rows included. */
  row: number;
  cells: string[];
}

/** What stops the cells of a row from being read. */
export interface CellError {
  row: number;
  reason: 'quotes' | 'blanks';
}

/** The rows with text in them, at most `keep` of them; `count` is how many there are. */
interface CellRows {
  rows: CsvRow[];
  count: number;
  errors: CellError[];
}

/** The cells of CSV text in one delimiter. Row by row, so that a file of a million newlines stays small. */
export function parseCells(text: string, delimiter: string, keep: number): CellRows {
  const input = oneNewline(text, delimiter);
  const blanks = BLANK_RUN.exec(input);
  if (blanks) {
    const row = input.slice(0, blanks.index).split('\n').length;
    return { rows: [], count: 0, errors: [{ row, reason: 'blanks' }] };
  }
  const read: CellRows = { rows: [], count: 0, errors: [] };
  let row = 0;
  Papa.parse<string[]>(input, {
    delimiter,
    newline: '\n',
    fastMode: false,
    step({ data: cells, errors }) {
      row++;
      if (isBlankRow(cells)) return;
      read.count++;
      if (read.count > keep) return;
      read.rows.push({ row, cells });
      if (errors.length > 0) read.errors.push({ row, reason: 'quotes' });
    },
  });
  return read;
}

/** No cell may be this long; Papa Parse looks through such a run again for every stray quote, for minutes. */
const BLANK_RUN = /(?<![^\S\n])[^\S\n]{3000}/;

/** Whether a spreadsheet would show nothing in the row. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** Excel's `sep=;` first line, which a spreadsheet obeys and does not show. */
const SEP_LINE = /^"?sep=([^\w\s"]|\t)"?(?:\r\n?|\n|$)/i;

/**
 * Splits off a `sep=` line and names the delimiter: the one it says, else the one that divides the header row and
 * fits the most rows below it. A header no delimiter divides is one column.
 */
export function detectDialect(text: string): { body: string; delimiter: string } {
  const sep = SEP_LINE.exec(text);
  if (sep?.[1]) return { body: text.slice(sep[0].length), delimiter: sep[1] };

  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const truncated = sample.length < text.length;
  let best = { delimiter: ',', dividesHeader: false, fit: -1, columns: 0 };
  for (const delimiter of DELIMITERS) {
    const { rows, count } = parseCells(sample, delimiter, SAMPLE_ROWS);
    if (truncated && count <= SAMPLE_ROWS && count > 1) rows.pop();
    const [header, ...others] = rows;
    const columns = header?.cells.length ?? 0;
    const fitting = others.filter(({ cells }) => cells.length === columns).length;
    const candidate = {
      delimiter,
      dividesHeader: columns > 1,
      fit: others.length ? fitting / others.length : 1,
      columns,
    };
    if (isBetter(candidate, best)) best = candidate;
  }
  return { body: text, delimiter: best.delimiter };
}

interface Candidate {
  dividesHeader: boolean;
  fit: number;
  columns: number;
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.dividesHeader !== b.dividesHeader) return a.dividesHeader;
  return a.fit === b.fit ? a.dividesHeader && a.columns > b.columns : a.fit > b.fit;
}

/** Papa Parse knows one newline a file; joined files have several, and quoted cells keep theirs. */
function oneNewline(text: string, delimiter: string): string {
  if (!text.includes('\r')) return text;
  const code = delimiter.charCodeAt(0).toString(16).padStart(4, '0');
  const quotedOrNewline = new RegExp(
    `(?<=^|[\\u${code}\\r\\n])"[^"]*(?:""[^"]*)*"|\\r\\n?|\\n`,
    'g',
  );
  return text.replace(quotedOrNewline, (match) => (match.startsWith('"') ? match : '\n'));
}

/** A row of CSV text that a spreadsheet would show something in, before its cells are read. */
export interface CsvRecord {
  /** As a spreadsheet numbers it: from 1, blank rows included. */
  row: number;
  /** Its text, with neither of the newlines around it. */
  start: number;
  end: number;
  cells: number;
  /** Characters of its longest cell, with quotes. */
  longestCell: number;
  /** Quotes inside a quoted cell that neither end it nor are doubled. */
  strayQuotes: number;
  /** Its last quoted cell never ends. */
  isOpen: boolean;
}

const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;
const isNewline = (code: number) => code === LF || code === CR;

/**
 * The rows of CSV text, each character of it looked at once: what a parser is given afterwards is known to be small. A
 * quote ends a quoted cell where a delimiter, a newline or the end of the text follows, blanks aside.
 */
export function* csvRecords(text: string, delimiter: string): Generator<CsvRecord> {
  const mark = delimiter.charCodeAt(0);
  let row = 0;
  for (let start = 0; start < text.length;) {
    row += 1;
    const { hasText, ...record } = recordAt(text, mark, start);
    if (hasText) yield { row, start, ...record };
    const isPair = text.charCodeAt(record.end) === CR && text.charCodeAt(record.end + 1) === LF;
    start = record.end + (isPair ? 2 : 1);
  }
}

function recordAt(text: string, mark: number, start: number) {
  let at = start;
  let cellStart = start;
  let cells = 1;
  let longestCell = 0;
  let strayQuotes = 0;
  let isOpen = false;
  let hasText = false;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isOpen && code === QUOTE) {
      if (text.charCodeAt(at + 1) === QUOTE) {
        hasText = true;
        at += 1;
        continue;
      }
      const next = afterBlanks(text, mark, at + 1);
      isOpen = next < text.length && !endsCell(text.charCodeAt(next), mark);
      if (isOpen) strayQuotes += 1;
      hasText ||= isOpen;
      at = next - 1;
    } else if (isOpen) {
      hasText ||= !isBlank(code);
    } else if (isNewline(code)) {
      break;
    } else if (code === mark) {
      longestCell = Math.max(longestCell, at - cellStart);
      cellStart = at + 1;
      cells += 1;
    } else if (code === QUOTE && at === cellStart) {
      isOpen = true;
    } else {
      hasText ||= !isBlank(code);
    }
  }
  longestCell = Math.max(longestCell, at - cellStart);
  return { end: at, cells, longestCell, strayQuotes, isOpen, hasText };
}

const endsCell = (code: number, mark: number) => code === mark || isNewline(code);

function afterBlanks(text: string, mark: number, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (endsCell(code, mark) || !isBlank(code)) break;
    at += 1;
  }
  return at;
}

/** What `trim` takes off. */
function isBlank(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return String.fromCharCode(code).trim() === '';
}

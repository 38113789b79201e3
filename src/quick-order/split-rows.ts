const DELIMITERS = ['\t', ';', '|', ','];
const ENDS_CELL = [...DELIMITERS, '\r', '\n'];
const BREAK = /\r\n?|\n/u;
/** The lines of what somebody typed or pasted. */
export function linesOf(text: string): string[] {
  return text.split(BREAK);
}

/**
 * The rows of a file: a line break in a quoted cell ends none. A quote that no other one closes before a delimiter or a
 * line break is none. Every character is looked at twice at most.
 */
export function recordsOf(text: string): string[] {
  const records: string[] = [];
  let from = 0;
  let startsCell = true;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"' && startsCell) {
      const end = endOfQuoted(text, at + 1);
      if (end !== -1) at = end;
      startsCell = false;
    } else if (character === '\n' || character === '\r') {
      records.push(text.slice(from, at));
      if (character === '\r' && text.charAt(at + 1) === '\n') at += 1;
      from = at + 1;
      startsCell = true;
    } else startsCell = DELIMITERS.includes(character) || (startsCell && character === ' ');
  }
  return [...records, text.slice(from)];
}

/** Where the quote is that ends the cell; -1 where the next one that is not doubled ends none. */
function endOfQuoted(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  if (at === -1) return -1;
  let next = at + 1;
  while (text.charAt(next) === ' ') next += 1;
  return next >= text.length || ENDS_CELL.includes(text.charAt(next)) ? at : -1;
}

/** The cells of a row by the first delimiter it has; quotes keep one in a cell, and two of them are one. */
export function cellsOf(row: string): string[] {
  const unquoted = row.replaceAll(/"[^"]*"/gu, '');
  const delimiter = DELIMITERS.find((candidate) => unquoted.includes(candidate)) ?? '\t';
  const cells: string[] = [];
  let cell = '';
  let blank = true;
  let quoted = false;
  for (let at = 0; at < row.length; at++) {
    const character = row.charAt(at);
    if (quoted && row.startsWith('""', at)) {
      cell += '"';
      blank = false;
      at++;
    } else if (character === '"' && (quoted || blank)) quoted = !quoted;
    else if (character === delimiter && !quoted) {
      cells.push(clean(cell));
      cell = '';
      blank = true;
    } else {
      cell += character;
      blank &&= character.trim() === '';
    }
  }
  return [...cells, clean(cell)];
}

function clean(cell: string): string {
  return cell
    .replaceAll(/[\u200B\uFEFF]/gu, '')
    .replaceAll(/[\s\u00A0]+/gu, ' ')
    .trim();
}

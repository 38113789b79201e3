const DELIMITERS = ['\t', ';', '|', ','];
const BREAK = /\r\n?|\n/u;
/** A cell in quotes from its delimiter to its next, or else a line break: what is not closed like that is no quote. */
const QUOTED_OR_BREAK =
  /"(?<=(?:^|[\t;|,\r\n]) *")[^"]*(?:""[^"]*)*"(?= *(?:[\t;|,\r\n]|$))|\r\n?|\n/gu;

/** The lines of what somebody typed or pasted. */
export function linesOf(text: string): string[] {
  return text.split(BREAK);
}

/** The rows of a file: a line break in a quoted cell ends none. */
export function recordsOf(text: string): string[] {
  const records: string[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(QUOTED_OR_BREAK)) {
    if (found.startsWith('"')) continue;
    records.push(text.slice(from, index));
    from = index + found.length;
  }
  return [...records, text.slice(from)];
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

/** Bytes that a character takes as HTML. */
function bytesOf(character: string): number {
  if (character === '"') return 6;
  if (character === '&' || character === "'") return 5;
  if (character === '<' || character === '>') return 4;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** Bytes that a text takes as HTML. */
export function htmlBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += bytesOf(character);
  return bytes;
}

/** As much of a text as takes `bytes` bytes of a page, and three dots for the rest: of a list, none may make it a book. */
export function fitted(text: string, bytes: number): string {
  if (text.length * 6 <= bytes) return text;
  let left = bytes;
  let length = 0;
  for (const character of text) {
    left -= bytesOf(character);
    if (left < 0) return `${text.slice(0, length)}…`;
    length += character.length;
  }
  return text;
}

/** Enough of a name to tell what is meant, for labels beside the whole one. */
export function shortName(name: string): string {
  return fitted(name, 200);
}

/** Bytes for the name of each of so many lines: whole names where they are few, the start of each where they are 500. */
export function roomForNames(lines: number): number {
  return Math.max(80, Math.floor(60_000 / lines));
}

/** Bytes for each line of so many addresses of up to seven lines. */
export function roomForLines(addresses: number): number {
  return Math.max(40, Math.floor(8_000 / addresses));
}

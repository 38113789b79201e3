/** Bytes that a character takes as HTML. */
function bytesOf(character: string): number {
  if (character === '"') return 6;
  if (character === '&' || character === "'") return 5;
  if (character === '<' || character === '>') return 4;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
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

/** Bytes for the name of each of so many lines: whole names where they are few, the start of each where they are 500. */
export function roomForNames(lines: number): number {
  return Math.max(80, Math.floor(60_000 / lines));
}

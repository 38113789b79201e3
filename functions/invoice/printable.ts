/** Direction marks, joiners and the like, which print nothing; the joiner of emoji (U+200D) is looked at later. */
const INVISIBLE = /(?!\u200d)[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu;
// oxlint-disable-next-line no-control-regex -- they are what it takes out
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** The lines of a text that can be printed: composed letters, single spaces, no control characters, no empty lines. */
export function printableLines(text: string): string[] {
  return text
    .split(LINE_END)
    .map((line) =>
      line
        .toWellFormed()
        .replace(CONTROL, '')
        .replace(INVISIBLE, '')
        .normalize('NFC')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '');
}

/** The same in one line. */
export function printable(text: string): string {
  return printableLines(text).join(' ');
}

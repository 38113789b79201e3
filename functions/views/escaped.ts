import { escapeToBuffer } from 'hono/utils/html';

/** Text as HTML, for views that write their own markup: what is drawn in every row of a list costs too much as elements. */
export function escaped(text: string): string {
  const buffer: [string] = [''];
  escapeToBuffer(text, buffer);
  return buffer[0];
}

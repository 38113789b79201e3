/** What we use of fontkit, which brings no types of its own. */
declare module 'fontkit' {
  export interface Font {
    hasGlyphForCodePoint(codePoint: number): boolean;
  }

  export function create(data: Uint8Array): Font;
}

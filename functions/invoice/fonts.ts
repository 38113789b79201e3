import { create, type Font } from 'fontkit';
import { type FontIndex, slicesFor } from './font-index.ts';

/** A slice of a font, by the name of its file. */
export interface Face {
  file: string;
  font: Font;
}

export type Weight = 'regular' | 'bold';

/** Bytes of `invoice-fonts.json`, or of a file that it names. */
export type LoadFont = (name: string) => Promise<ArrayBuffer>;

const SPACE = 0x20;
/** The sign for a character that no font has. */
export const REPLACEMENT = '�';

/** The faces that an invoice's characters are in; bold falls back on regular, which has many more. */
export class Fonts {
  readonly #faces: Record<Weight, Face[]>;
  readonly #byCodePoint: Record<Weight, Map<number, Face>>;

  private constructor(faces: Record<Weight, Face[]>) {
    this.#faces = faces;
    this.#byCodePoint = { regular: new Map(), bold: new Map() };
  }

  /** Loads what the text needs: a family's slices for what the families before it have not. */
  static async load(text: string, loadFont: LoadFont): Promise<Fonts> {
    const index = JSON.parse(
      new TextDecoder().decode(await loadFont('invoice-fonts.json')),
    ) as FontIndex;
    const used = new Set(Array.from(text + REPLACEMENT, codePoint));
    const codePoints = [...used].toSorted((a, b) => a - b);
    const open = async (families: readonly string[]) => {
      const faces: Face[] = [];
      let missing = codePoints;
      for (const family of families) {
        const files = slicesFor(index, family, missing);
        const opened = await Promise.all(
          files.map(async (file) => ({ file, font: create(new Uint8Array(await loadFont(file))) })),
        );
        faces.push(...opened);
        missing = missing.filter(
          (code) => !opened.some(({ font }) => font.hasGlyphForCodePoint(code)),
        );
        if (missing.length === 0) break;
      }
      return faces;
    };
    const [regular, bold] = await Promise.all([
      open(['noto-sans', ...cjkFamilies(text), 'noto-emoji']),
      open(['noto-sans-bold']),
    ]);
    return new Fonts({ regular, bold: [...bold, ...regular] });
  }

  /** The face that has all of a grapheme's code points; undefined = they are not together in any. */
  faceOf(grapheme: string, weight: Weight): Face | undefined {
    const codes = Array.from(grapheme, codePoint);
    const [first = SPACE] = codes;
    if (codes.length > 1) return this.#find(codes, weight);
    const known = this.#byCodePoint[weight].get(first);
    if (known) return known;
    const face = this.#find(codes, weight);
    if (face) this.#byCodePoint[weight].set(first, face);
    return face;
  }

  #find(codes: number[], weight: Weight): Face | undefined {
    return this.#faces[weight].find(({ font }) =>
      codes.every((code) => font.hasGlyphForCodePoint(code)),
    );
  }
}

const codePoint = (character: string): number => character.codePointAt(0) ?? SPACE;

/** One Han character is drawn in different ways: the text's other letters tell whose way is meant. */
function cjkFamilies(text: string): string[] {
  const families = ['noto-sans-sc', 'noto-sans-jp', 'noto-sans-kr'];
  const native = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
    ? 'noto-sans-jp'
    : /\p{Script=Hangul}/u.test(text)
      ? 'noto-sans-kr'
      : 'noto-sans-sc';
  return [native, ...families.filter((family) => family !== native)];
}

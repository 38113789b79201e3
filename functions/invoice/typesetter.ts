import LineBreaker from 'linebreak';
import type { PDFDocument } from 'pdfkit';
import type { Fonts, Weight } from './fonts.ts';
import { printable, printableLines } from './printable.ts';
import { graphemes, type Run, runsOf } from './runs.ts';

/** How a text is set; sizes and widths are in points. */
export interface Style {
  size: number;
  weight: Weight;
  color: string;
}

/** A line that has been measured. */
export interface Line {
  runs: Run[];
  width: number;
  style: Style;
}

/** Leading of a line, as a multiple of its size. */
const LEADING = 1.4;
/** How far below a line's top its letters stand, as a multiple of its size. */
const ASCENT = 1.02;

export const lineHeight = ({ size }: Style): number => size * LEADING;

export const heightOf = (lines: readonly Line[]): number =>
  lines.reduce((height, { style }) => height + lineHeight(style), 0);

/** Breaks, measures and draws text in the faces that have it. */
export class Typesetter {
  readonly #doc: PDFDocument;
  readonly #fonts: Fonts;

  constructor(doc: PDFDocument, fonts: Fonts) {
    this.#doc = doc;
    this.#fonts = fonts;
  }

  /** All of a text in one line, however wide it is. */
  line(text: string, style: Style): Line {
    return this.#measured(printable(text), style);
  }

  /** A text's lines, none wider than `width`; a word that is longer is broken. Text with line ends keeps them. */
  wrap(text: string, width: number, style: Style): Line[] {
    return printableLines(text).flatMap((line) => this.#wrapLine(line, width, style));
  }

  draw({ runs, style }: Line, x: number, top: number): void {
    let at = x;
    for (const { text, face } of runs) {
      this.#doc.font(face.font, face.file, style.size).fillColor(style.color);
      this.#doc.text(text, at, top + style.size * ASCENT, {
        lineBreak: false,
        baseline: 'alphabetic',
      });
      at += this.#doc.widthOfString(text);
    }
  }

  #wrapLine(text: string, width: number, style: Style): Line[] {
    const whole = this.#measured(text, style);
    if (whole.width <= width) return [whole];
    const lines: string[] = [];
    let line = '';
    let used = 0;
    const add = (piece: string, visible: number, advance: number) => {
      if (line !== '' && used + visible > width) {
        lines.push(line);
        line = '';
        used = 0;
      }
      line += piece;
      used += advance;
    };
    for (const piece of pieces(text)) {
      const visible = this.#measured(piece.trimEnd(), style).width;
      const advance = this.#measured(piece, style).width;
      if (visible <= width) add(piece, visible, advance);
      // A word that is wider than the line goes on where it is, and is broken where the line ends.
      else
        for (const grapheme of graphemes(piece)) {
          const own = this.#measured(grapheme, style).width;
          add(grapheme, grapheme === ' ' ? 0 : own, own);
        }
    }
    return [...lines, line].map((each) => this.#measured(each.trimEnd(), style));
  }

  #measured(text: string, style: Style): Line {
    const runs = runsOf(text, style.weight, this.#fonts);
    const width = runs.reduce((sum, run) => {
      this.#doc.font(run.face.font, run.face.file, style.size);
      return sum + this.#doc.widthOfString(run.text);
    }, 0);
    return { runs, width, style };
  }
}

function* pieces(text: string): Generator<string> {
  const breaker = new LineBreaker(text);
  let last = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    yield text.slice(last, next.position);
    last = next.position;
  }
}

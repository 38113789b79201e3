import type { PDFDocument, StructureElement } from 'pdfkit';
import { type Sheet, HAIRLINE } from './sheet.ts';
import { type Line, lineHeight, type Typesetter } from './typesetter.ts';

/** What the parts of an invoice draw with. What is drawn is tagged, so that it can be read aloud in its order. */
export class Canvas {
  readonly doc: PDFDocument;
  readonly root: StructureElement;
  readonly type: Typesetter;
  readonly sheet: Sheet;

  constructor(doc: PDFDocument, type: Typesetter, sheet: Sheet) {
    this.doc = doc;
    this.type = type;
    this.sheet = sheet;
    this.root = doc.struct('Document');
    doc.addStructure(this.root);
  }

  /** Part of what the document says. */
  tagged(tag: 'H1' | 'P', draw: () => void, parent = this.root): void {
    const element = this.doc.struct(tag, draw);
    parent.add(element);
    element.end();
  }

  /** Decoration, and what is repeated on each page: no reader reads it aloud. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.doc.markContent('Artifact', { type });
    draw();
    this.doc.endMarkedContent();
  }

  rule(y: number, color = HAIRLINE, from = this.sheet.left, to = this.sheet.right): void {
    this.artifact(() => {
      this.doc.lineWidth(0.75).strokeColor(color).moveTo(from, y).lineTo(to, y).stroke();
    });
  }

  /** Lines one below the other; with `right`, the place is where they end. */
  lines(lines: readonly Line[], x: number, top: number, align: 'left' | 'right' = 'left'): void {
    let y = top;
    for (const line of lines) {
      this.type.draw(line, align === 'right' ? x - line.width : x, y);
      y += lineHeight(line.style);
    }
  }
}

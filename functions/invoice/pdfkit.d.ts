/** What we use of PDFKit, which brings no types of its own (those of others know Node's streams alone). */
declare module 'pdfkit' {
  import type { Font } from 'fontkit';

  export interface StructureElement {
    add(child: StructureElement): this;
    end(): void;
  }

  interface Options {
    size: [width: number, height: number];
    margin: 0;
    font: null;
    autoFirstPage: false;
    pdfVersion: '1.7';
    tagged: true;
    lang: string;
    displayTitle: true;
    info: { Title: string; Author: string; Creator: string; CreationDate: Date };
  }

  interface TextOptions {
    lineBreak: false;
    /** y is where the letters stand. */
    baseline: 'alphabetic';
  }

  export class PDFDocument {
    constructor(options: Options);
    addPage(): this;
    /** @param family the name it is known by */
    font(font: Font, family: string, size: number): this;
    widthOfString(text: string): number;
    fillColor(color: string): this;
    strokeColor(color: string): this;
    lineWidth(points: number): this;
    text(text: string, x: number, y: number, options: TextOptions): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    roundedRect(x: number, y: number, width: number, height: number, radius: number): this;
    stroke(): this;
    struct(
      type: string,
      options?: { scope?: 'Column'; title?: string } | (() => void),
      draw?: () => void,
    ): StructureElement;
    addStructure(element: StructureElement): this;
    markContent(tag: 'Artifact', options: { type: 'Layout' | 'Pagination' }): this;
    endMarkedContent(): this;
    end(): void;
  }
}

declare module 'pdfkit/output' {
  import type { PDFDocument } from 'pdfkit';

  export function toBytes(document: PDFDocument): Promise<Uint8Array<ArrayBuffer>>;
}

declare module 'linebreak' {
  /** Where lines may be broken (UAX #14). */
  class LineBreaker {
    constructor(text: string);
    nextBreak(): { position: number; required: boolean } | null;
  }
  export { LineBreaker as default };
}

import type { Invoice } from '#src/orders/invoice.ts';
import { formatDateTime } from '../views/date-time.tsx';
import type { Canvas } from './canvas.ts';
import type { Block } from './paginate.ts';
import { STYLES } from './sheet.ts';
import { heightOf, type Line, lineHeight } from './typesetter.ts';

const GAP = 24;
const LABEL_WIDTH = 52;
/** Lines of a company or an address beyond these run on as one. */
const OWN_LINES = 10;
const MOST_LINES = 45;

/** What the invoice is, whose, and for whom. */
export function letterhead(canvas: Canvas, invoice: Invoice): Block[] {
  const { left, width } = canvas.sheet;
  const column = (width - GAP) / 2;
  const right = left + column + GAP;
  const row = (first: Block, second: Block): Block => ({
    height: Math.max(first.height, second.height) + GAP,
    draw: (top) => {
      first.draw(top);
      second.draw(top);
    },
  });
  return [
    row(title(canvas, invoice, column), company(canvas, invoice, right, column)),
    row(
      party(canvas, 'Bill to', invoice.billTo, left, column),
      party(canvas, 'Ship to', invoice.shipTo, right, column),
    ),
  ];
}

function title(canvas: Canvas, invoice: Invoice, width: number): Block {
  const { type, sheet } = canvas;
  const heading = type.line('INVOICE', STYLES.title);
  const cancelled = invoice.cancelled ? [type.line('CANCELLED', STYLES.cancelled)] : [];
  const facts = [
    ['Number', `#${invoice.number}`],
    ['Date', formatDateTime(invoice.placedAt, invoice.timeZone, 'date')],
    ...(invoice.poNumber ? [['PO', invoice.poNumber]] : []),
  ].map(([label = '', value = '']) => ({
    label: type.line(label, STYLES.muted),
    lines: type.wrap(value, width - LABEL_WIDTH, STYLES.strong),
  }));
  const below = lineHeight(STYLES.title) + 6 + (cancelled.length && 28);
  return {
    height: below + heightOf(facts.flatMap(({ lines }) => lines)),
    draw: (top) => {
      canvas.tagged('H1', () => canvas.lines([heading], sheet.left, top));
      for (const line of cancelled) stamp(canvas, line, top + lineHeight(STYLES.title) + 2);
      let y = top + below;
      for (const { label, lines } of facts) {
        canvas.tagged('P', () => {
          canvas.lines([label], sheet.left, y);
          canvas.lines(lines, sheet.left + LABEL_WIDTH, y);
        });
        y += heightOf(lines);
      }
    },
  };
}

/** The framed word that keeps anybody from paying. */
function stamp(canvas: Canvas, line: Line, top: number): void {
  const { doc, sheet } = canvas;
  const height = lineHeight(line.style) + 6;
  canvas.artifact(() => {
    doc.lineWidth(1).strokeColor(line.style.color);
    doc.roundedRect(sheet.left + 0.5, top, line.width + 14, height, 3).stroke();
  });
  canvas.tagged('P', () => canvas.lines([line], sheet.left + 7.5, top + 3));
}

function company(canvas: Canvas, invoice: Invoice, x: number, width: number): Block {
  const lines = [
    ...canvas.type.wrap(invoice.companyName, width, STYLES.company),
    ...paragraph(canvas, invoice.companyLines, width),
  ];
  return {
    // As far down as the title's letters begin.
    height: 5 + heightOf(lines),
    draw: (top) => canvas.tagged('P', () => canvas.lines(lines, x, top + 5)),
  };
}

function party(canvas: Canvas, label: string, texts: string[], x: number, width: number): Block {
  const body = paragraph(canvas, texts, width);
  const lines = body.length > 0 ? [canvas.type.line(label, STYLES.label), ...body] : [];
  return {
    height: heightOf(lines),
    draw: (top) => {
      if (lines.length > 0) canvas.tagged('P', () => canvas.lines(lines, x, top));
    },
  };
}

function paragraph(canvas: Canvas, texts: string[], width: number): Line[] {
  const filled = texts.filter((text) => text.trim() !== '');
  const own = filled.slice(0, OWN_LINES);
  const rest = filled.slice(OWN_LINES).join(', ');
  return [...own, rest]
    .flatMap((text) => canvas.type.wrap(text, width, STYLES.text))
    .slice(0, MOST_LINES);
}

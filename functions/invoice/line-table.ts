import type { Invoice } from '#src/orders/invoice.ts';
import type { StructureElement } from 'pdfkit';
import type { Canvas } from './canvas.ts';
import { type Column, columnsOf } from './columns.ts';
import type { Block } from './paginate.ts';
import { RULE, STYLES } from './sheet.ts';
import { heightOf, type Line, lineHeight } from './typesetter.ts';

const PADDING = 5;
/** A cell that is longer is cut: no page would hold it. */
const MOST_LINES = 40;

/** The lines that were ordered, one block each, under a head that each further page repeats. */
export function lineTable(canvas: Canvas, invoice: Invoice): Block[] {
  const { doc, type } = canvas;
  const columns = columnsOf(invoice, type, canvas.sheet);
  const table = doc.struct('Table');

  const titles = columns.map(({ head }) => [type.line(head, STYLES.label)]);
  const headHeight = lineHeight(STYLES.label) + PADDING + 3;
  const headRule = (top: number) => canvas.rule(top + headHeight - 3, RULE);
  const head: Block = {
    height: headHeight,
    keepWithNext: true,
    draw: (top) => {
      canvas.root.add(table);
      row(canvas, table, 'TH', columns, titles, top);
      headRule(top);
    },
  };
  const repeated: Block = {
    height: headHeight,
    draw: (top) => {
      canvas.artifact(() => cells(canvas, columns, titles, top), 'Pagination');
      headRule(top);
    },
  };

  const rows = invoice.lines.map((line, i): Block => {
    const texts = columns.map((column) =>
      type.wrap(column.cell(line), column.width, STYLES.text).slice(0, MOST_LINES),
    );
    const height = Math.max(...texts.map(heightOf), lineHeight(STYLES.text)) + 2 * PADDING;
    const last = i === invoice.lines.length - 1;
    return {
      height,
      head: repeated,
      // So that the totals are not alone on a page.
      keepWithNext: last,
      draw: (top) => {
        row(canvas, table, 'TD', columns, texts, top + PADDING);
        canvas.rule(top + height, last ? RULE : undefined);
        if (last) table.end();
      },
    };
  });
  return [head, ...rows];
}

function row(
  canvas: Canvas,
  table: StructureElement,
  tag: 'TH' | 'TD',
  columns: readonly Column[],
  texts: readonly Line[][],
  top: number,
): void {
  const element = canvas.doc.struct('TR');
  table.add(element);
  for (const [i, column] of columns.entries()) {
    const draw = () => cells(canvas, [column], texts.slice(i, i + 1), top);
    element.add(
      tag === 'TH'
        ? canvas.doc.struct(tag, { scope: 'Column' }, draw)
        : canvas.doc.struct(tag, draw),
    );
  }
  element.end();
}

function cells(
  canvas: Canvas,
  columns: readonly Column[],
  texts: readonly Line[][],
  top: number,
): void {
  for (const [i, { left, width, align }] of columns.entries())
    canvas.lines(texts[i] ?? [], align === 'right' ? left + width : left, top, align);
}

import { PDFDocument } from 'pdfkit';
import { toBytes } from 'pdfkit/output';
import { formatMoney } from '#src/lib/money.ts';
import type { Invoice } from '#src/orders/invoice.ts';
import { Canvas } from './canvas.ts';
import { Fonts, type LoadFont } from './fonts.ts';
import { letterhead } from './letterhead.ts';
import { lineTable } from './line-table.ts';
import { notes } from './notes.ts';
import { paginate } from './paginate.ts';
import { printable } from './printable.ts';
import { sheetOf, STYLES } from './sheet.ts';
import { totals } from './totals.ts';
import { Typesetter } from './typesetter.ts';

const ASCII = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 0x20 + i));

/**
 * An order's invoice as a PDF: tagged, its fonts inside, the same bytes whenever it is asked for. What people wrote is
 * printed in whatever script it is; a character that no font has becomes a sign that says so.
 * @param loadFont gives `invoice-fonts.json` and the files that it names (functions/assets/invoice-fonts.ts)
 */
export async function invoicePdf(
  invoice: Invoice,
  loadFont: LoadFont,
): Promise<Uint8Array<ArrayBuffer>> {
  const fonts = await Fonts.load(textOf(invoice), loadFont);
  const sheet = sheetOf(invoice.paper);
  const doc = new PDFDocument({
    size: [...sheet.size],
    margin: 0,
    font: null,
    autoFirstPage: false,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: `Invoice #${invoice.number}`,
      Author: printable(invoice.companyName),
      Creator: 'Distribu',
      CreationDate: invoice.placedAt,
    },
  });
  const bytes = toBytes(doc);
  const canvas = new Canvas(doc, new Typesetter(doc, fonts), sheet);
  const blocks = [
    ...letterhead(canvas, invoice),
    ...lineTable(canvas, invoice),
    totals(canvas, invoice),
    ...notes(canvas, invoice.notes ?? ''),
  ];
  const pages = paginate(blocks, sheet.bottom - sheet.top);
  for (const [i, page] of pages.entries()) {
    doc.addPage();
    let top = sheet.top;
    for (const block of page) {
      block.draw(top);
      top += block.height;
    }
    footer(canvas, invoice, i + 1, pages.length);
  }
  canvas.root.end();
  doc.end();
  return bytes;
}

function footer(canvas: Canvas, invoice: Invoice, page: number, pages: number): void {
  const { left, right, bottom, size } = canvas.sheet;
  const top = bottom + (size[1] - bottom) / 3;
  const name = canvas.type.line(`Invoice #${invoice.number}`, STYLES.footer);
  const number = canvas.type.line(`Page ${page} of ${pages}`, STYLES.footer);
  canvas.artifact(() => {
    canvas.lines([name], left, top);
    canvas.lines([number], right, top, 'right');
  }, 'Pagination');
}

/** Every character there will be. */
function textOf(invoice: Invoice): string {
  const { companyName, companyLines, poNumber, billTo, shipTo, notes: remarks, lines } = invoice;
  const written = [companyName, companyLines, poNumber, billTo, shipTo, remarks];
  const items = lines.flatMap(({ sku, name, unit }) => [sku, name, unit]);
  const texts = [...written.flat(), ...items].filter((text) => text !== null);
  return printable([ASCII, formatMoney(0, invoice.currency), ...texts].join('\n'));
}

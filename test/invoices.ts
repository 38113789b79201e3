import { extractText } from 'unpdf';
import { readInvoiceFonts } from '#functions/assets/invoice-fonts.ts';
import type { Invoice, InvoiceLine } from '#src/orders/invoice.ts';

const fonts = await readInvoiceFonts();

/** The fonts of invoices as the build puts them among the assets; each name asked for is kept in `loaded`. */
export const loaded: string[] = [];
export async function loadFont(name: string): Promise<ArrayBuffer> {
  loaded.push(name);
  const bytes = name === 'invoice-fonts.json' ? fonts.index : fonts.files[name];
  if (!bytes) throw new Error(`There is no font ${name}.`);
  return new Uint8Array(bytes).buffer;
}

/** An invoice whose sums add up, with one line for each of the names. */
export function someInvoice(names: string[], fields: Partial<Invoice> = {}): Invoice {
  const lines = names.map((name, i): InvoiceLine => {
    const quantity = (i * 37) % 1200 || 1;
    const unitPriceCents = 199 + i * 31;
    return {
      sku: `SKU-${i + 1}`,
      name,
      unit: i % 2 ? 'case' : 'each',
      quantity,
      unitPriceCents,
      totalCents: quantity * unitPriceCents,
    };
  });
  const subtotalCents = lines.reduce((sum, { totalCents }) => sum + totalCents, 0);
  const taxCents = Math.round(subtotalCents * 0.0825);
  return {
    id: 'ord_01jdq3m7xkf8rv2e5za1b2c3d4',
    number: 1042,
    cancelled: false,
    placedAt: new Date('2026-11-20T23:30:00Z'),
    timeZone: 'America/New_York',
    paper: 'LETTER',
    currency: 'USD',
    companyName: 'Harbor & Finch Wholesale',
    companyLines: ['1200 Industrial Way', 'Portland, OR 97201', 'Tax ID 93-1234567'],
    poNumber: 'PO-2026-118',
    billTo: ['Blue Door Café', 'orders@bluedoor.example'],
    shipTo: ['Kitchen', '48 Mission Street', 'San Francisco, CA 94105'],
    lines,
    subtotalCents,
    taxRatePpm: 82_500,
    taxCents,
    shippingCents: 1500,
    totalCents: subtotalCents + taxCents + 1500,
    notes: 'Please deliver before 10 am.',
    ...fields,
  };
}

/** What a reader copies out of each page, without the white space: where a line was broken is no matter. */
export async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const { text } = await extractText(new Uint8Array(pdf), { mergePages: false });
  return text.map((page) => page.replace(/\s/g, ''));
}

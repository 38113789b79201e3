import { formatMoney } from '#src/lib/money.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import type { Invoice, InvoiceLine } from '#src/orders/invoice.ts';
import { type Sheet, STYLES } from './sheet.ts';
import type { Typesetter } from './typesetter.ts';

const GAP = 12;

const CONTENTS = {
  sku: { head: 'SKU', align: 'left', most: 92, cell: (line) => line.sku ?? '' },
  name: { head: 'Item', align: 'left', most: Infinity, cell: (line) => line.name },
  unit: { head: 'Unit', align: 'left', most: 60, cell: (line) => line.unit },
  quantity: {
    head: 'Qty',
    align: 'right',
    most: Infinity,
    cell: (line) => formatNumber(line.quantity),
  },
  unitPrice: {
    head: 'Unit price',
    align: 'right',
    most: Infinity,
    cell: (line, currency) => formatMoney(line.unitPriceCents, currency),
  },
  total: {
    head: 'Total',
    align: 'right',
    most: Infinity,
    cell: (line, currency) => formatMoney(line.totalCents, currency),
  },
} as const satisfies Record<
  string,
  {
    head: string;
    align: 'left' | 'right';
    /** How wide it gets before its text is broken. */
    most: number;
    cell: (line: InvoiceLine, currency: string) => string;
  }
>;

export interface Column {
  head: string;
  align: 'left' | 'right';
  left: number;
  width: number;
  cell: (line: InvoiceLine) => string;
}

/** The table's columns, as wide as what is in them: figures are never broken, and the name gets what is left. */
export function columnsOf(invoice: Invoice, type: Typesetter, sheet: Sheet): Column[] {
  const columns = Object.entries(CONTENTS).map(([key, { head, align, most, cell }]) => {
    const text = (line: InvoiceLine) => cell(line, invoice.currency);
    const widest = invoice.lines.reduce(
      (width, line) =>
        key === 'name' ? width : Math.max(width, type.line(text(line), STYLES.text).width),
      type.line(head, STYLES.label).width,
    );
    return { key, head, align, cell: text, width: Math.min(Math.ceil(widest), most) };
  });
  const taken = columns.reduce((sum, { key, width }) => sum + (key === 'name' ? 0 : width), 0);
  const name = sheet.width - taken - GAP * (columns.length - 1);
  let left = sheet.left;
  return columns.map(({ key, width: own, ...column }) => {
    const width = key === 'name' ? name : own;
    const placed = { ...column, left, width };
    left += width + GAP;
    return placed;
  });
}

import type { companies, OrderAddress, orderLines, orders } from '#db/schema/index.ts';
import { envelopeLines } from '../addresses/envelope-lines.ts';
import { shortId } from './short-id.ts';

export interface InvoiceLine {
  sku: string | null;
  name: string;
  unit: string;
  quantity: number;
  unitPriceCents: number;
  totalCents: number;
}

/** All that is printed on an order's invoice; amounts in minor units of `currency`. */
export interface Invoice {
  /** The order's, which the file is named after. */
  id: string;
  number: number;
  cancelled: boolean;
  placedAt: Date;
  /** IANA name; the day of the invoice is the company's. */
  timeZone: string;
  paper: 'LETTER' | 'A4';
  /** ISO 4217 */
  currency: string;
  companyName: string;
  /** Below the company's name: address, tax number, bank. */
  companyLines: string[];
  poNumber: string | null;
  billTo: string[];
  shipTo: string[];
  lines: InvoiceLine[];
  subtotalCents: number;
  taxRatePpm: number;
  taxCents: number;
  shippingCents: number;
  totalCents: number;
  notes: string | null;
}

type Company = Pick<
  typeof companies.$inferSelect,
  'name' | 'timeZone' | 'paperSize' | 'invoiceDetails'
>;

type Order = Pick<
  typeof orders.$inferSelect,
  | 'id'
  | 'number'
  | 'status'
  | 'createdAt'
  | 'currency'
  | 'customerName'
  | 'customerEmail'
  | 'shippingAddress'
  | 'poNumber'
  | 'notes'
  | 'subtotalCents'
  | 'taxRatePpm'
  | 'taxCents'
  | 'shippingCents'
  | 'totalCents'
>;

type OrderLine = Pick<typeof orderLines.$inferSelect, keyof InvoiceLine>;

/** An order's invoice; what the order froze is what it says, whatever became of the customer since (decision 8). */
export function invoiceOf(company: Company, order: Order, lines: readonly OrderLine[]): Invoice {
  return {
    id: order.id,
    number: order.number,
    cancelled: order.status === 'CANCELLED',
    placedAt: order.createdAt,
    timeZone: company.timeZone,
    paper: company.paperSize,
    currency: order.currency,
    companyName: company.name,
    companyLines: company.invoiceDetails?.split(/\r?\n/) ?? [],
    poNumber: order.poNumber,
    billTo: [order.customerName, order.customerEmail].filter((line) => line !== null),
    shipTo: shipTo(order.shippingAddress),
    lines: lines.map(({ sku, name, unit, quantity, unitPriceCents, totalCents }) => ({
      sku,
      name,
      unit,
      quantity,
      unitPriceCents,
      totalCents,
    })),
    subtotalCents: order.subtotalCents,
    taxRatePpm: order.taxRatePpm,
    taxCents: order.taxCents,
    shippingCents: order.shippingCents,
    totalCents: order.totalCents,
    notes: order.notes,
  };
}

function shipTo(address: OrderAddress | null): string[] {
  return address ? [address.label, ...envelopeLines(address)].filter((line) => line !== '') : [];
}

/** What a browser saves it as: the last 8 of the order's id, `invoice-A1B2C3D4.pdf`. */
export function invoiceFilename(id: string): string {
  return `invoice-${shortId(id)}.pdf`;
}

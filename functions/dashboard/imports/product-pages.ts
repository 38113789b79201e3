import { type ProductValues, productImport } from '#src/imports/product-import.ts';
import { productTemplateCsv } from '#src/imports/templates.ts';
import type { ImportPages } from './import-pages.ts';

const LIST_PATH = '/dashboard/inventory';

export const productPages: ImportPages<ProductValues> = {
  description: productImport,
  title: 'Import products',
  list: { label: 'Inventory', href: LIST_PATH },
  path: `${LIST_PATH}/import`,
  templateCsv: productTemplateCsv,
  templateName: 'products-template.csv',
  lead: 'Bring your catalog over, or change prices and stock of many products at once, from a CSV file.',
  rules: [
    'Rows are matched by SKU; upper and lower case differ. Unknown SKUs become new products, known ones are updated, and products that are not in the file stay as they are.',
    'Stock is set to the number in the file, like a stocktake.',
    'A column that is not in the file is left alone; an empty cell clears the value. Pictures and low-stock thresholds are never touched.',
    'An export lists products without a SKU, too, with an empty cell. Give them one, or take their rows out, before you import the file again.',
  ],
  cells: {
    sku: 'Finds the product. One row a SKU, at most 100 characters.',
    name: 'At most 200 characters.',
    description: 'At most 2,000 characters.',
    category: 'At most 100 characters.',
    unit: 'What one is, at most 30 characters: each, case, kg … Empty means each.',
    priceCents: 'A plain number like 12.50, at most 1,000,000.',
    stock: 'A whole number from 0 to 1,000,000,000.',
    active:
      'true, yes, 1, active … show it at your storefront; false, no, 0, inactive, draft … hide it.',
  },
  shown: ['name', 'category', 'unit', 'priceCents', 'stock', 'active', 'description'],
  caution:
    'The import sets stock to the numbers in the file, as a stocktake would: what is ordered between now and then is not taken off them.',
  keptBecause: 'changed or were used since',
  recordHref: (id) => `${LIST_PATH}/${id}/edit`,
};

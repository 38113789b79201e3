import { type CustomerValues, customerImport } from '#src/imports/customer-import.ts';
import { customerTemplateCsv } from '#src/imports/templates.ts';
import { IMPORT_PATH, LIST_PATH } from '../customers/paths.ts';
import type { ImportPages } from './import-pages.ts';

export const customerPages: ImportPages<CustomerValues> = {
  description: customerImport,
  title: 'Import customers',
  list: { label: 'Customers', href: LIST_PATH },
  path: IMPORT_PATH,
  templateCsv: customerTemplateCsv,
  templateName: 'customers-template.csv',
  lead: 'Bring customers over from another system, or change many at once, from a CSV file.',
  rules: [
    'Rows are matched by email, in upper or lower case. Unknown emails become new customers, known ones are updated, and customers who are not in the file stay as they are.',
    'A column that is not in the file is left alone; an empty cell clears the value.',
    'Passwords are never imported: new customers choose one through “Forgot password” at your storefront.',
  ],
  cells: {
    email: 'Finds the customer. One row an email.',
    name: 'At most 100 characters.',
    status: 'blocked, suspended, inactive, disabled, false or 0 block; all else is active.',
    notes: 'At most 2,000 characters. Customers never see them.',
    creditLimitCents: 'A plain number like 1200.50; empty means no limit.',
  },
  shown: ['name', 'status', 'creditLimitCents', 'notes'],
  caution: null,
  keptBecause: 'changed since',
  recordHref: (id) => `${LIST_PATH}/${id}`,
};

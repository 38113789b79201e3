import { UNITS } from '#src/catalog/schema.ts';
import { Field, type FieldProps, SelectField } from '../../views/field.tsx';
import { Columns } from '../../views/layout.tsx';

/** How each field is called and explained, wherever it stands. */
export const FIELDS = {
  name: { label: 'Name' },
  sku: { label: 'SKU', hint: 'Must be unique. Case-sensitive.' },
  category: { label: 'Category' },
  price: { label: 'Price', type: 'money' },
  unit: { label: 'Unit' },
  stock: {
    label: 'Stock',
    type: 'number',
    hint: 'Quantity on hand. Orders reduce it automatically.',
  },
  lowStockThreshold: {
    label: 'Low-stock threshold',
    type: 'number',
    hint: 'You’re alerted at or below this level. Leave blank to use the company default.',
  },
  description: { label: 'Description', type: 'textarea', hint: 'Shown to customers.' },
} as const satisfies Record<string, Partial<FieldProps>>;

export type ProductFieldName = keyof typeof FIELDS;

type Props = {
  currency: string;
  categories: readonly string[];
  /** The unit it has, which may be none of those we offer. */
  unit?: string | undefined;
};

/** What is typed about a product, new or not. */
export function ProductFields({ currency, categories, unit }: Props) {
  return (
    <>
      <Field name="name" {...FIELDS.name} />
      <Columns of={2}>
        <Field name="sku" {...FIELDS.sku} optional autocomplete="off" />
        <Field name="category" {...FIELDS.category} optional suggestions={categories} />
      </Columns>
      <Columns of={2}>
        <Field name="price" {...FIELDS.price} currency={currency} />
        <SelectField name="unit" {...FIELDS.unit} options={unitOptions(unit)} />
      </Columns>
      <Columns of={2}>
        <Field name="stock" {...FIELDS.stock} />
        <Field name="lowStockThreshold" {...FIELDS.lowStockThreshold} optional />
      </Columns>
      <Field name="description" {...FIELDS.description} optional />
    </>
  );
}

export function unitOptions(unit: string = UNITS[0]) {
  const known: readonly string[] = UNITS;
  const units = known.includes(unit) ? known : [...known, unit];
  return units.map((value) => ({ value, label: value }));
}

/** Whether it is shown at the storefront. */
export const ACTIVE = {
  name: 'isActive',
  label: 'Active',
  hint: 'Visible in your storefront. Staff can still order inactive products.',
} as const;

/** The picture to upload. */
export function ImageField({ label }: { label: string }) {
  return (
    <Field
      name="image"
      type="file"
      label={label}
      optional
      accept="image/jpeg,image/png,image/webp,image/avif"
      hint="JPG, PNG, WebP or AVIF, at most 5 MB."
    />
  );
}

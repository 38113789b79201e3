import { type EditProductForm, openedOn, shownFields } from '#src/catalog/product-form.ts';
import type { Product } from '#src/catalog/queries.ts';
import { amountText } from '#src/lib/money.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { CheckField } from '../../views/check-field.tsx';
import { Field, SelectField } from '../../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../../views/form.tsx';
import { Columns, Row } from '../../views/layout.tsx';
import { ProductImage } from '../../views/product-image.tsx';
import { editPath } from './paths.ts';
import {
  ACTIVE,
  FIELDS,
  ImageField,
  type ProductFieldName,
  ProductFields,
  unitOptions,
} from './product-fields.tsx';

/** What was to be saved: the fields that were touched, and whether a picture came along. */
export type ProductChanges = { patch: EditProductForm['patch']; hadImage: boolean };

type Props = { product: Product; currency: string };
type EditFormProps = Props & { categories: readonly string[]; problem: RefusedForm | undefined };

/** All of a product that people edit. */
export function EditForm({ product, currency, categories, problem }: EditFormProps) {
  const typed = problem?.values;
  return (
    <Card title="Details">
      <Form
        action={editPath(product.id)}
        multipart
        guard
        // What was sent stays based on what it was typed on.
        hidden={
          typed
            ? { version: String(typed['version'] ?? ''), shown: String(typed['shown'] ?? '') }
            : openedOn(product)
        }
        values={typed ?? shownFields(product)}
        errors={problem?.errors}
        message={problem?.message}
      >
        <ProductFields currency={currency} categories={categories} unit={product.unit} />
        {product.imageId !== null && (
          <Row>
            <ProductImage product={product} />
            <CheckField name="removeImage" label="Remove this image" />
          </Row>
        )}
        <ImageField label={product.imageId === null ? 'Image' : 'Another image'} />
        <CheckField {...ACTIVE} />
        <FormActions>
          <Button variant="primary">Save</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

/** The same form after somebody else has saved: theirs beside what was typed. Saving again is then a decision. */
export function ConflictForm({ product, currency, changes }: Props & { changes: ProductChanges }) {
  const theirs = shownFields(product);
  const { isActive, ...mine } = typedFields(changes.patch);
  const active = isActive ?? product.active;
  const names = Object.keys(FIELDS) as ProductFieldName[];
  return (
    <Card title="Details">
      <Form
        action={editPath(product.id)}
        multipart
        guard
        hidden={openedOn(product)}
        values={{ ...theirs, ...mine, isActive: active }}
      >
        {names.map((name) => (
          <Compared name={name} mine={mine[name]} theirs={theirs[name]} currency={currency} />
        ))}
        {changes.hadImage && <ImageField label="Image" />}
        <CheckField {...ACTIVE} />
        <FormActions>
          <Button variant="primary">Save mine instead</Button>
          <Button href={editPath(product.id)}>Keep what is saved</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

type ComparedProps = {
  name: ProductFieldName;
  mine: string | undefined;
  theirs: string;
  currency: string;
};

function Compared({ name, mine, theirs, currency }: ComparedProps) {
  const field = { name, ...FIELDS[name], ...(name === 'price' && { currency }) };
  const differs = mine !== undefined && mine !== theirs;
  const label = differs ? `${field.label}: yours` : field.label;
  const own =
    name === 'unit' ? (
      <SelectField name={name} label={label} options={unitOptions(mine ?? theirs)} />
    ) : (
      <Field {...field} label={label} />
    );
  if (!differs) return own;
  return (
    <Columns of={2}>
      {own}
      <Field
        {...field}
        name={`saved-${name}`}
        label={`${field.label}: saved meanwhile`}
        hint={theirs === '' ? 'Empty.' : ''}
        value={theirs}
        readonly
      />
    </Columns>
  );
}

/** What was typed into the fields that were touched, as text. */
function typedFields({
  price,
  stock,
  lowStockThreshold,
  isActive,
  ...texts
}: EditProductForm['patch']) {
  const typed: Partial<Record<ProductFieldName, string>> = {};
  for (const [name, value] of Object.entries(texts)) {
    if (value !== undefined) typed[name as keyof typeof texts] = value ?? '';
  }
  if (price !== undefined) typed.price = amountText(Math.round(price * 100));
  if (stock !== undefined) typed.stock = String(stock);
  if (lowStockThreshold !== undefined) typed.lowStockThreshold = String(lowStockThreshold ?? '');
  return { ...typed, isActive };
}

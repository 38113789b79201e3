import type { Id } from '#db/ids.ts';
import type { ProductView } from '#src/catalog/product-list.ts';
import type { Product } from '#src/catalog/queries.ts';
import type { ProductSort } from '#src/catalog/schema.ts';
import type { StaffViewer } from '#src/context.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { amountText, formatMoney } from '#src/lib/money.ts';
import { currencyOf } from '#src/lib/typed.ts';
import { RowTick } from '../../views/bulk-bar.tsx';
import { Link } from '../../views/button.tsx';
import { DASH } from '../../views/dash.ts';
import { DateTime } from '../../views/date-time.tsx';
import { InPlace, LiveRows } from '../../views/in-place.tsx';
import { InlineEditor } from '../../views/inline-form.tsx';
import { ProductImage } from '../../views/product-image.tsx';
import { sortLink } from '../../views/sort-link.ts';
import { type Column, Table } from '../../views/table.tsx';
import { activePath, editPath, inlinePath, listHref, pageHref, startsDescending } from './paths.ts';
import { ActiveSwitch } from './active-switch.tsx';
import { StockBadge } from './product-badges.tsx';

export const BULK_FORM = 'bulk';

/** The value of the list that is being edited, and what was typed if it could not be saved. */
export interface InlineEdit {
  id: Id<'product'>;
  field: 'price' | 'stock';
  typed?: string;
  /** What stood there when the edit was opened, if that is not what stands there now. */
  seen?: string;
  error?: string | undefined;
}

type Locale = Pick<StaffViewer, 'currency' | 'timeZone'>;
type Props = {
  view: ProductView;
  products: readonly Product[];
  locale: Locale;
  edit?: InlineEdit | undefined;
  ticked?: readonly Id<'product'>[] | undefined;
};

/** One page of products; prices and stock are edited where they stand. */
export function ProductsTable({ view, products, locale, edit, ticked = [] }: Props) {
  return (
    <LiveRows>
      <Table
        caption="Products"
        rows={products}
        rowId={({ id }) => id}
        rowHref={({ id }) => editPath(id)}
        rowLead={({ id, name }) => (
          <RowTick
            form={BULK_FORM}
            name="ids"
            value={id}
            label={`Select ${name}`}
            ticked={ticked.includes(id)}
          />
        )}
        columns={columns(view, locale, edit)}
      />
    </LiveRows>
  );
}

function columns(
  view: ProductView,
  { currency, timeZone }: Locale,
  edit: InlineEdit | undefined,
): Column<Product>[] {
  const sortBy = (sort: ProductSort) =>
    sortLink(view, sort, startsDescending(sort), (changes) => listHref(view, changes));
  const inline = (product: Product, field: InlineEdit['field'], text: string) => (
    <InPlace field={field}>
      {field === 'stock' && (
        <>
          <StockBadge {...product} />{' '}
        </>
      )}
      {edit?.id === product.id && edit.field === field ? (
        <Editor view={view} product={product} edit={edit} room={text} currency={currency} />
      ) : (
        <Link href={pageHref(view, { edit: product.id, field })}>{text}</Link>
      )}
      {field === 'price' && ` / ${product.unit}`}
    </InPlace>
  );
  return [
    {
      header: 'Name',
      cell: (product) => (
        <>
          <ProductImage product={product} />
          <span>{product.name}</span>
        </>
      ),
      sort: sortBy('name'),
    },
    { header: 'SKU', cell: ({ sku }) => <span class="sku">{sku ?? DASH}</span> },
    { header: 'Category', cell: ({ category }) => category ?? DASH, hideWhenNarrow: true },
    {
      header: 'Price',
      cell: (product) => inline(product, 'price', formatMoney(product.priceCents, currency)),
      align: 'end',
      sort: sortBy('price'),
    },
    {
      header: 'Stock',
      cell: (product) => inline(product, 'stock', formatNumber(product.stock)),
      align: 'end',
      sort: sortBy('stock'),
    },
    {
      header: 'Active',
      cell: (product) => (
        <InPlace field="active">
          <ActiveSwitch product={product} action={pageHref(view, {}, activePath(product.id))} />
        </InPlace>
      ),
    },
    {
      header: 'Added',
      cell: ({ createdAt }) => <DateTime value={createdAt} timeZone={timeZone} />,
      nowrap: true,
      hideWhenNarrow: true,
      sort: sortBy('created'),
    },
  ];
}

type EditorProps = {
  view: ProductView;
  product: Product;
  edit: InlineEdit;
  room: string;
  currency: string;
};

function Editor({ view, product, edit, room, currency }: EditorProps) {
  const { id, name, stock, priceCents } = product;
  const { field } = edit;
  const stored = field === 'price' ? priceCents : stock;
  return (
    <InlineEditor
      room={room}
      action={pageHref(view, {}, inlinePath(id, field))}
      hidden={{
        seen: edit.seen ?? stored,
        ...(field === 'price' && { [currencyOf(field)]: currency }),
      }}
      name={field}
      label={`${field === 'price' ? 'Price' : 'Stock'} of ${name}`}
      value={edit.typed ?? (field === 'price' ? amountText(priceCents) : String(stock))}
      error={edit.error}
      autofocus
      cancelHref={pageHref(view)}
    />
  );
}

/** Which cell of a row is what. */
export interface Columns {
  product: number;
  quantity: number;
  /** The heading names a column of quantities: a row with none in it is not ordered. */
  hasQuantity: boolean;
}

const PRODUCT = new Set(
  'sku item itemcode itemnumber itemid itemno code product productcode partnumber article name'.split(
    ' ',
  ),
);
const QUANTITY = new Set('quantity qty count amount units pieces pcs ordered order'.split(' '));

/** The columns a heading names, or null where the row is none: it has to name a product's column, or a quantity's. */
export function detectHeading(cells: readonly string[]): Columns | null {
  const names = cells.map((cell) => cell.toLowerCase().replaceAll(/[\s._#-]/gu, ''));
  const quantity = names.findIndex((name) => QUANTITY.has(name));
  // A list of `sku` and `name` goes by the SKU, whichever comes first.
  const sku = names.findIndex((name) => name === 'sku');
  const product = sku === -1 ? names.findIndex((name) => PRODUCT.has(name)) : sku;
  if (product === -1 || (quantity === -1 && names.length < 2)) return null;
  if (quantity === -1 && cells.some((cell) => /\d/u.test(cell))) return null;
  const hasQuantity = quantity !== -1;
  return { product, quantity: hasQuantity ? quantity : names.length, hasQuantity };
}

import { z } from 'zod';
import { type Id, isId, newId } from '#db/ids.ts';
import { shorten } from '../lib/shorten.ts';
import { searched } from '../lib/list-view.ts';
import { readQuantity } from './read-quantity.ts';
import { LINES_MAX, QUANTITY_MAX } from './schema.ts';

/** A line as it is being typed. */
export interface DraftLine {
  productId: Id<'product'>;
  /** As typed, even where it is no number. */
  quantity: string;
  /** The price the page showed, in cents; null = none yet. */
  seenCents: number | null;
}

/** An order that a member of the staff is typing, as its form sends it. */
export interface OrderDraft {
  /** Made when the form was first shown: submitted twice, it places one order. */
  id: Id<'order'>;
  /** The saved version that the form shows; 0 = none was saved. */
  version: number;
  /** Names the form: each form that is shown has a name of its own. */
  page: string;
  /** How many changes a script has counted in it, so that an older save does not replace a newer one. */
  change: number;
  customerId: Id<'customer'> | null;
  lines: DraftLine[];
  /** Which part of many lines is shown, counted from 1. */
  part: number;
  /** Where to; empty = no address, null = the customer's default. */
  addressId: string | null;
  poNumber: string;
  notes: string;
  /** What is looked for, to add it. */
  findProduct: string;
  findCustomer: string;
}

/** Lines that the page of a draft shows at a time; the others come along folded. */
export const DRAFT_PART = 40;
/** No quantity is longer: of a longer text, the start is shown again. */
const QUANTITY_TYPED_MAX = 12;

/** What a form sends; nothing of it can be wrong, as it is only being written. */
const one = z.string().catch('');
const many = z.union([z.array(z.string()), z.string().transform((text) => [text])]).catch([]);
const words = one.transform((text) => searched(text) ?? '');
const named = <K extends 'product' | 'customer'>(kind: K) =>
  one.transform((id) => (isId(kind, id) ? id : null));

/**
 * An order's form: the draft, and the button that was pressed. No name is one of a form's own properties, such as `id` or
 * `remove`: in a browser it would take its place.
 */
export const OrderDraftForm = z
  .object({
    orderId: one.transform((id) => (isId('order', id) ? id : newId('order'))),
    version: z.coerce.number().int().min(0).max(2_000_000_000).catch(0),
    change: z.coerce.number().int().min(0).max(2_000_000_000).catch(0),
    page: z
      .string()
      .regex(/^[\w-]{1,40}$/)
      .catch(() => crypto.randomUUID()),
    customerId: named('customer'),
    productId: many,
    quantity: many,
    seenCents: many,
    /** The lines before and after those on show. */
    linesBefore: one,
    linesAfter: one,
    address: z
      .string()
      .transform((id) => (isId('address', id) ? id : ''))
      .nullable()
      .catch(null),
    poNumber: one,
    notes: one,
    findProduct: words,
    findCustomer: words,
    /** The buttons: which product to add or remove, whose order it is, nobody's, and done. */
    addProduct: named('product'),
    removeProduct: named('product'),
    pickCustomer: named('customer'),
    dropCustomer: one,
    placeOrder: one,
    /** To another part of the lines. */
    goTo: z.coerce.number().int().min(1).max(1000).nullable().catch(null),
  })
  .transform((form) => {
    const {
      orderId: id,
      version,
      page,
      change,
      customerId,
      address: addressId,
      poNumber,
      notes,
    } = form;
    const { findProduct, findCustomer, addProduct, removeProduct, pickCustomer } = form;
    const before = unfoldedLines(form.linesBefore);
    // One more than an order can have, so that it is told so: a page of any more would have no end.
    const kept = [...before, ...linesOf(form), ...unfoldedLines(form.linesAfter)]
      .slice(0, LINES_MAX + 1)
      .filter(({ productId }) => productId !== removeProduct);
    const lines = addProduct ? added(kept, addProduct) : kept;
    const shown = addProduct
      ? lines.findIndex(({ productId }) => productId === addProduct)
      : before.length;
    const part = form.goTo ?? partWith(shown);
    const typed = { id, version, page, change, lines, part, poNumber, notes, findProduct };
    const draft: OrderDraft =
      pickCustomer || form.dropCustomer
        ? { ...typed, customerId: pickCustomer, addressId: null, findCustomer: '' }
        : { ...typed, customerId, addressId, findCustomer };
    return { draft, place: form.placeOrder !== '', added: addProduct };
  });

function linesOf({
  productId,
  quantity,
  seenCents,
}: Record<'productId' | 'quantity' | 'seenCents', string[]>): DraftLine[] {
  return productId.flatMap((id, index) => lineOf(id, quantity[index], seenCents[index]));
}

function lineOf(id: string, quantity = '', seenCents?: string): DraftLine[] {
  if (!isId('product', id)) return [];
  const typed = shorten(quantity.trim(), QUANTITY_TYPED_MAX);
  return [{ productId: id, quantity: typed, seenCents: cents(seenCents) }];
}

/** The part that shows the line at this place, counted from 0. */
export function partWith(index: number): number {
  return Math.floor(index / DRAFT_PART) + 1;
}

/** Lines for the page's form to send along: a row each of product, price that was shown, and quantity. */
export function foldedLines(lines: readonly DraftLine[]): string {
  return lines
    .map(({ productId, seenCents, quantity }) =>
      [productId, seenCents ?? '', quantity.replaceAll(/\s+/gu, ' ')].join('\t'),
    )
    .join('\n');
}

function unfoldedLines(field: string): DraftLine[] {
  return field.split(/\r?\n/).flatMap((row) => {
    const [id = '', seenCents, quantity] = row.split('\t');
    return lineOf(id, quantity, seenCents);
  });
}

function added(lines: DraftLine[], productId: Id<'product'>): DraftLine[] {
  if (!lines.some((line) => line.productId === productId))
    return [...lines, { productId, quantity: '1', seenCents: null }];
  return lines.map((line) => {
    const quantity = quantityOf(line);
    const more = line.productId === productId && quantity !== null && quantity < QUANTITY_MAX;
    return more ? { ...line, quantity: String(quantity + 1) } : line;
  });
}

/** The number that was typed, or null where it is none an order can have. */
export function quantityOf({ quantity }: DraftLine): number | null {
  const read = readQuantity(quantity);
  return 'problem' in read ? null : read.units;
}

function cents(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** What `placeOrder` is asked for. */
export function orderInput(draft: OrderDraft): unknown {
  const { id, customerId, lines, addressId, poNumber, notes } = draft;
  return {
    id,
    customerId,
    lines: lines.map((line) => ({ ...line, quantity: quantityOf(line) })),
    address: addressId ? { id: addressId } : null,
    poNumber,
    notes,
  };
}

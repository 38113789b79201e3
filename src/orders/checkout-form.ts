import { z } from 'zod';
import { type Id, isId, newId } from '#db/ids.ts';
import { AddressInput } from '../addresses/schema.ts';
import { NAME_MAX, text } from '../lib/fields.ts';
import { OrderInput } from './schema.ts';

const INCOMPLETE = 'This form was not complete. Look through it and try again.';

const typed = z.string().catch('');
const seenLines = z.union([z.array(z.string()), z.string().transform((line) => [line])]).catch([]);

/** What the checkout's form sends, as it was typed and as it was shown; nothing of it can be wrong yet. */
export const CheckoutForm = z.object({
  /** The order's id, made when the page was first shown: whoever submits it twice places one order. */
  order: typed.transform((id) => (isId('order', id) ? id : newId('order'))),
  /** The total that was shown, in cents. */
  seenTotal: typed.transform((cents) => (WHOLE.test(cents) ? Number(cents) : null)),
  /** Each line that was shown, as `lineSeen` writes it. */
  line: seenLines.transform((lines) => lines.flatMap((line) => seenLine(line) ?? [])),
  /** One of the customer's addresses; anything else is none. */
  address: typed,
  label: typed,
  line1: typed,
  line2: typed,
  postalCode: typed,
  city: typed,
  region: typed,
  country: typed,
  poNumber: typed,
  notes: typed,
});
export type CheckoutForm = z.infer<typeof CheckoutForm>;

/** A line as a page showed it: how much of it, at which price. */
type SeenLine = { productId: Id<'product'>; quantity: number; seenCents: number };

const WHOLE = /^\d{1,15}$/;

/** A line as the form carries it: `prd_…:12:1250`. */
export function lineSeen({ productId, quantity, seenCents }: SeenLine): string {
  return [productId, quantity, seenCents].join(':');
}

function seenLine(line: string): SeenLine | null {
  const [productId = '', quantity = '', seenCents = ''] = line.split(':');
  if (!isId('product', productId) || !WHOLE.test(quantity) || !WHOLE.test(seenCents)) return null;
  return { productId, quantity: Number(quantity), seenCents: Number(seenCents) };
}

/** An address for one order; what it is called need not be said. */
const OtherAddress = AddressInput.omit({ isDefault: true }).extend({
  label: text(NAME_MAX, `Name must be at most ${NAME_MAX} characters.`),
});

type CheckoutInput =
  | { ok: true; data: z.infer<typeof OrderInput> }
  /** What is wrong, by field; `''` is the form as a whole. */
  | { ok: false; errors: Record<string, string[]> };

/** The order a form asks for: exactly what it showed. An address that was typed goes before the one that was chosen. */
export function checkoutInput(form: CheckoutForm): CheckoutInput {
  const { order: id, seenTotal, line: lines, address, poNumber, notes, ...rest } = form;
  const isTyped = Object.values(rest).some((value) => value.trim() !== '');
  const other = isTyped ? OtherAddress.safeParse(rest) : null;
  const chosen = isId('address', address) ? { id: address } : null;
  const order = OrderInput.safeParse({
    id,
    lines,
    seenTotalCents: seenTotal,
    address: other ? (other.data ?? null) : chosen,
    poNumber,
    notes,
  });
  if (order.success && other?.success !== false && seenTotal !== null) {
    return { ok: true, data: order.data };
  }
  const errors: Record<string, string[]> = seenTotal === null ? { '': [INCOMPLETE] } : {};
  for (const { path, message } of [
    ...(other?.error?.issues ?? []),
    ...(order.error?.issues ?? []),
  ]) {
    const name = String(path[0] ?? '');
    (errors[name in form && name !== 'line' ? name : ''] ??= []).push(message);
  }
  return { ok: false, errors };
}

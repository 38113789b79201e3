import { z } from 'zod';
import { type Id, isId } from '#db/ids.ts';
import { ProductPatch } from './schema.ts';
import { typedUnits } from './stock.ts';

const BULK_MAX = 100;

const BULK_ACTIONS = ['activate', 'deactivate', 'category', 'add', 'take', 'count'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** What one bulk action does to each product. */
export type ProductsChange =
  | { active: boolean }
  /** null = none */
  | { category: string | null }
  /** Units more, or fewer if negative. */
  | { by: number }
  /** Units on hand, however many there were. */
  | { to: number };

const NONE = 'Select at least one product.';

/** A name sent once is no list. */
const ids = z
  .union([z.string().transform((id) => [id]), z.array(z.string())], NONE)
  .transform((texts) =>
    [...new Set(texts)].filter((id): id is Id<'product'> => isId('product', id)),
  )
  .refine((chosen) => chosen.length > 0, NONE)
  .refine((chosen) => chosen.length <= BULK_MAX, `Select at most ${BULK_MAX} products.`);

/** The selected products of the list, what to do with them, and the category or the number that takes. */
export const BulkForm = z
  .object({
    ids: ids,
    action: z.enum(BULK_ACTIONS, 'Choose an action.'),
    value: z.string().catch(''),
  })
  .transform(({ ids: chosen, action, value }, context) => {
    const change = readChange(action, value);
    if (!('problem' in change)) return { ids: chosen, action, change };
    context.addIssue({ code: 'custom', path: ['value'], message: change.problem });
    return z.NEVER;
  });
export type BulkForm = z.infer<typeof BulkForm>;

function readChange(action: BulkAction, value: string): ProductsChange | { problem: string } {
  switch (action) {
    case 'activate':
      return { active: true };
    case 'deactivate':
      return { active: false };
    case 'category': {
      const read = ProductPatch.shape.category.safeParse(value);
      if (!read.success) return { problem: read.error.issues[0]?.message ?? '' };
      return { category: read.data ?? null };
    }
    case 'add':
    case 'take':
    case 'count': {
      const read = typedUnits(value, 'Number of units');
      if ('problem' in read) return read;
      if (action === 'count') return { to: read.units };
      return { by: action === 'add' ? read.units : -read.units };
    }
  }
}

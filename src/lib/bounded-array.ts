import { z } from 'zod';

/**
 * A list that is counted before its items are read: zod counts only once it has validated all of them, which costs more
 * than their bytes.
 * @param empty said of what is no list, and of one with fewer items than `min`
 * @param long said of one with more than `max`
 */
export function boundedArray<Item extends z.ZodType>(
  item: Item,
  { min = 0, max, empty, long }: { min?: number; max: number; empty: string; long: string },
) {
  const items = z.array(item, empty).min(min, { error: empty, abort: true });
  return z.preprocess(
    (sent, context) => {
      if (!Array.isArray(sent) || sent.length <= max) return sent;
      context.addIssue({ code: 'custom', message: long, input: sent });
      return z.NEVER;
    },
    items.meta({ maxItems: max }),
  );
}

import { z } from 'zod';
import { boundedArray } from '../lib/bounded-array.ts';
import { isCalendarDay } from '../lib/calendar-day.ts';
import { NAME_MAX, text } from '../lib/fields.ts';
import { SCOPES } from '../permissions.ts';

const NAME = `Name must be between 1 and ${NAME_MAX} characters.`;

const NO_SCOPE = 'Choose scopes from the list.';

/** What a key is created with ("REST API", Keys and scopes). */
export const ApiKeyInput = z.object({
  name: text(NAME_MAX, NAME).pipe(z.string().min(1, NAME)),
  scopes: z
    .preprocess(
      (value) => (typeof value === 'string' ? [value] : (value ?? [])),
      boundedArray(z.enum(SCOPES, NO_SCOPE), { max: 100, empty: NO_SCOPE, long: NO_SCOPE }),
    )
    .refine((scopes) => scopes.length > 0, 'Choose at least one scope.')
    .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope))),
  /** The last day it works, `YYYY-MM-DD` in the company's time zone; empty = it never expires. */
  expiresOn: z
    .string()
    .trim()
    .default('')
    .refine((day) => day === '' || isCalendarDay(day), 'Choose a date, or leave it empty.'),
});
export type ApiKeyInput = z.infer<typeof ApiKeyInput>;

/** `products:read` as people read it: `Products — Read`. */
export function scopeLabel(scope: string): string {
  return scope
    .split(':')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' — ');
}

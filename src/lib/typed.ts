import { z } from 'zod';
import { isStorable, UNSTORABLE } from './fields.ts';

const ONCE = 'Enter this once.';

/** A form's text that stands for something else, or a problem with it to show. */
export function typed<T extends object>(read: (text: string) => T | { problem: string }) {
  return z
    .string(ONCE)
    .refine(isStorable, { error: UNSTORABLE, abort: true })
    .transform((text, context): T => {
      const result = read(text);
      if (!('problem' in result)) return result;
      context.addIssue({ code: 'custom', message: result.problem });
      return z.NEVER;
    });
}

/** A box of a form: what is sent is ticked. */
export const ticked = z
  .string()
  .optional()
  .transform((sent) => sent !== undefined);

/** A form's text of several lines: a browser sends every line break as two characters, whatever was in the field. */
export const lines = z
  .string(ONCE)
  .optional()
  .transform((sent): string | null | undefined => sent?.replaceAll(/\r\n?/g, '\n'));

import { z } from 'zod';
import { isStorable, UNSTORABLE } from './fields.ts';

/** A form's text that stands for something else, or a problem with it to show. */
export function typed<T extends object>(read: (text: string) => T | { problem: string }) {
  return z
    .string('Enter this once.')
    .refine(isStorable, { error: UNSTORABLE, abort: true })
    .transform((text, context): T => {
      const result = read(text);
      if (!('problem' in result)) return result;
      context.addIssue({ code: 'custom', message: result.problem });
      return z.NEVER;
    });
}

import type { z } from 'zod';
import { AppError, type FieldError } from './errors.ts';

/**
 * The input as its schema has it.
 * @throws AppError validation: the first problem as the message, all of them as `fields`
 */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalid(result.error);
}

export function invalid(error: z.ZodError): AppError {
  const fields = fieldErrors(error);
  return new AppError('validation', fields[0].message, fields);
}

/** As many problems as an answer names. */
export const PROBLEMS_MAX = 100;

/** Each problem with its place in the input, the first hundred of them; there is always one. */
export function fieldErrors(error: z.ZodError): [FieldError, ...FieldError[]] {
  const fields = error.issues
    .slice(0, PROBLEMS_MAX)
    .map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first = { path: '', message: 'Invalid input.' }, ...others] = fields;
  return [first, ...others];
}

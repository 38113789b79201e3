import type { z } from 'zod';
import { AppError } from './errors.ts';

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
  const fields = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  return new AppError('validation', fields[0]?.message ?? 'Invalid input.', fields);
}

import type { Context } from 'hono';
import { z } from 'zod';
import type { AppEnv } from './app-env.ts';
import { formBody, valuesShownAgain } from './form-body.ts';
import type { FormErrors, FormValues } from './views/form.tsx';

type ParsedForm<T> =
  /** `values` is what was typed, for the same page again. */
  | { ok: true; data: T; values: FormValues; resumed?: undefined }
  /** `resumed` is what a form says that is only shown again: nobody has pressed its button since the log-in. */
  | { ok: false; values: FormValues; errors: FormErrors; resumed: T | undefined };

/**
 * The posted form as its schema has it. A field sent more than once is a list; files are left to who expects them; a
 * body that is no form is an empty one. A form that the log-in has carried here is never taken: it has no errors yet.
 * @throws AppError too_large
 */
export async function parseForm<S extends z.ZodType>(
  c: Context<AppEnv>,
  schema: S,
): Promise<ParsedForm<z.output<S>>> {
  const body = await formBody(c, { all: true });
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string') values[name] = value;
    else if (Array.isArray(value))
      values[name] = value.filter((item): item is string => typeof item === 'string');
  }
  const result = schema.safeParse(values, { error: inWords });
  const shown = valuesShownAgain(values);
  if (c.var.resumed) return { ok: false, values: shown, errors: {}, resumed: result.data };
  if (result.success) return { ok: true, data: result.data, values: shown };
  return { ok: false, values: shown, errors: errorsOf(result.error), resumed: undefined };
}

/** Said where a schema has no words of its own: browsers send every field, so only a form made by hand comes here. */
const inWords = ({ input }: { input?: unknown }) =>
  input === undefined ? 'This field is required.' : 'This value cannot be used.';

/** What is wrong with each field, each thing once: a list may have it in every place. */
function errorsOf(error: z.ZodError): FormErrors {
  const errors = Object.entries<string[] | undefined>(z.flattenError(error).fieldErrors);
  return Object.fromEntries(errors.map(([name, messages]) => [name, [...new Set(messages)]]));
}

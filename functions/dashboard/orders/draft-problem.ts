import type { AppError } from '#src/lib/errors.ts';
import type { LineProblem } from '#src/orders/place-order.ts';
import type { FormErrors } from '../../views/form.tsx';

/** Why an order was not placed. */
export interface DraftProblem {
  message?: string;
  /** By field name. */
  errors?: FormErrors;
  /** By the line's place in the form, from 0. */
  lineErrors?: Record<number, string>;
  /** By product. */
  refused?: Map<string, LineProblem>;
}

/** What the database would not place as it was shown. */
export function refusedDraft(lines: LineProblem[]): DraftProblem {
  const onlyPrices = lines.every(({ problem }) => problem === 'price');
  return {
    message: onlyPrices
      ? 'Order not placed: prices have changed. Check the new prices and place it again.'
      : 'Order not placed. Fix the highlighted lines.',
    refused: new Map(lines.map((line) => [line.productId, line])),
  };
}

const LINE = /^lines\.(\d+)(?:\.|$)/;

/** What cannot be an order, or nobody may order; null = something else went wrong. */
export function invalidDraft({ code, message, fields = [] }: AppError): DraftProblem | null {
  const isSaid = ['rule', 'plan_limit', 'not_found', 'changed_meanwhile'].includes(code);
  if (isSaid) return { message };
  if (code !== 'validation') return null;
  const lineErrors: Record<number, string> = {};
  const errors: Record<string, string[]> = {};
  const others: string[] = [];
  for (const field of fields) {
    const line = LINE.exec(field.path)?.[1];
    if (line !== undefined) lineErrors[Number(line)] ??= field.message;
    else if (field.path === 'poNumber' || field.path === 'notes')
      errors[field.path] = [...(errors[field.path] ?? []), field.message];
    else others.push(field.message);
  }
  return { errors, lineErrors, ...(others.length > 0 && { message: others.join(' ') }) };
}

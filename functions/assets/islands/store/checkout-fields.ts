import { keepOwn, listIn, readOwn } from '../storage/own-storage.ts';

const NAME = 'checkout';
/** More than the fields take together: notes have at most 2,000 characters. */
const CHARACTERS_MAX = 20_000;

type TypedField = HTMLInputElement | HTMLTextAreaElement;

/** What a person types or chooses in the checkout's form. */
const fieldsOf = (form: HTMLFormElement) =>
  [...form.elements].filter(
    (element): element is TypedField =>
      element instanceof HTMLTextAreaElement ||
      (element instanceof HTMLInputElement && element.type !== 'hidden'),
  );

const isRadio = (field: TypedField): field is HTMLInputElement => field.type === 'radio';

export const forgetFields = (): void => keepOwn(NAME, null);

/** Keeps what was typed until the order is placed. */
export function keepFields(form: HTMLFormElement | null): void {
  if (!form) return;
  const typed = fieldsOf(form)
    .filter((field) => !isRadio(field) || field.checked)
    .map(({ name, value }) => [name, value]);
  const text = JSON.stringify(typed);
  if (text.length <= CHARACTERS_MAX) keepOwn(NAME, text);
}

/** Shows it again in a form in which nothing stands yet. */
export function restoreFields(form: HTMLFormElement): void {
  const fields = fieldsOf(form);
  if (fields.some((field) => !isRadio(field) && field.value !== '')) return;
  const kept = new Map(listIn(readOwn(NAME), isPair));
  for (const field of fields) {
    const value = kept.get(field.name);
    if (value === undefined) continue;
    if (isRadio(field)) field.checked ||= field.value === value;
    else field.value = value;
    const more = field.closest('details');
    if (more && field.value !== '') more.open = true;
  }
}

const isPair = (pair: unknown): pair is [string, string] =>
  Array.isArray(pair) && pair.every((part) => typeof part === 'string');

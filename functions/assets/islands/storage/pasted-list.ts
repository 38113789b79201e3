import { markChecked, markUnsent } from './arrival.ts';
import { keepOwn, readOwn } from './own-storage.ts';

const LIST = 'pasted-list';

/** Keeps what is typed into this form's list until it is in the cart, and shows it again. */
export function keepList(form: HTMLFormElement): void {
  const field = form.querySelector('textarea');
  if (!field) return;
  markUnsent(LIST);
  if (field.value === '') field.value = readOwn(LIST) ?? '';
  else keepOwn(LIST, field.value);
  field.addEventListener('input', () => keepOwn(LIST, field.value || null));
  form.addEventListener('submit', markChecked);
}

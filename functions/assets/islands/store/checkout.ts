import { fieldsOf } from '../post-form.ts';
import { forgetFields, keepFields, restoreFields } from './checkout-fields.ts';
import { hold } from './leaving.ts';
import { waiting } from './outbox.ts';
import { type Answer, follow, post, SIGNED_OUT } from './post.ts';
import { flush } from './sender.ts';
import { replace } from './swap.ts';

/** Placing an order in the background: without a connection the page stays, with all that was typed. */
const formHere = () => document.querySelector<HTMLFormElement>('#checkout-form');
let isSending = false;

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.id !== 'checkout-form') return;
    event.preventDefault();
    // The page shows less than was typed.
    if (waiting().size > 0) void hold(() => location.reload());
    else if (!isSending) void send(form, event.submitter);
  },
  true,
);

async function send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  isSending = true;
  button?.setAttribute('aria-busy', 'true');
  const action = button?.getAttribute('formaction') ?? form.action;
  const answer = await post(action, fieldsOf(form));
  // A session that has ended: the browser itself posts the form, and the log-in keeps what was typed.
  if (answer?.status === SIGNED_OUT) {
    form.action = action;
    return form.submit();
  }
  show(answer);
  button?.removeAttribute('aria-busy');
  isSending = false;
}

function show(answer: Answer): void {
  if (!answer) return failed('No connection. Nothing was ordered twice. Try again.');
  const { redirect, page } = answer;
  if (redirect !== null) {
    if (redirect !== location.href) forgetFields();
    return follow(redirect);
  }
  const [here, part] = [document, page].map((one) => one.getElementById('checkout'));
  if (!here || !part) return failed('Something went wrong. Nothing was ordered twice. Try again.');
  replace(here, part);
  const wrong = part.querySelector<HTMLElement>('[autofocus], :not([hidden]) > .notice');
  if (wrong?.matches('.notice')) wrong.tabIndex = -1;
  wrong?.focus();
}

function failed(text: string): void {
  const notice = document.getElementById('unsent');
  const body = notice?.querySelector('.notice-body');
  if (!notice || !body) return;
  body.textContent = text;
  notice.hidden = false;
  notice.focus();
}

document.addEventListener('input', () => keepFields(formHere()));
const form = formHere();
if (form) {
  restoreFields(form);
  if (waiting().size > 0) {
    void flush().then((outcome) => outcome === 'saved' && location.reload());
  }
} else if (document.getElementById('checkout')) forgetFields();

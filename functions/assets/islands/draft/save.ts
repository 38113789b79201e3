import { fieldsOf, postForm } from '../post-form.ts';

const WAIT_MS = 400;
const RETRY_MS = [1_000, 2_000, 5_000, 15_000];

/** How it stands with the form: shared by what saves it, what leaves the page, and what htmx swaps. */
export const draft = {
  /** Changes so far, and how many of them the server has. */
  typed: 0,
  saved: 0,
  /** Saves that failed since the last one that did not. */
  failures: 0,
  /** The save that is on its way. */
  flight: null as Promise<void> | null,
  /** htmx has sent the form, and its answer will replace it. */
  isSent: false,
};

export const keptForm = () => document.querySelector<HTMLFormElement>('form[data-keep]');
export const isUndecided = () => keptForm()?.dataset['keep'] === 'undecided';
export const isUnsaved = () => draft.typed !== draft.saved;

let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string): void {
  const status = document.getElementById('draft-status');
  if (status && status.textContent !== text) status.textContent = text;
}

/** One more change. Its number goes along with the form: of two saves, the server keeps the one with more changes. */
export function changed(): void {
  draft.typed += 1;
  const count = keptForm()?.querySelector<HTMLInputElement>('input[name=change]');
  if (count) count.value = String(draft.typed);
}

export function saveSoon(): void {
  saveIn(WAIT_MS);
}

/** After a save that failed; each time later. */
export function saveAgain(): void {
  draft.failures += 1;
  saveIn(RETRY_MS[Math.min(draft.failures, RETRY_MS.length) - 1] ?? 0);
}

export const saveLater = (): void => clearTimeout(timer);

function saveIn(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void save(), ms);
}

/** Saves what is typed; one save at a time. */
export function save(): Promise<void> {
  clearTimeout(timer);
  const form = keptForm();
  if (!form || draft.isSent || isUndecided()) return Promise.resolve();
  draft.flight ??= send(form).then((outcome) => {
    draft.flight = null;
    if (outcome === 'undecided') {
      // Sent again by htmx, the form is answered with the question.
      draft.isSent = true;
      form.requestSubmit();
    } else if (isUnsaved() && outcome === 'saved') saveSoon();
  });
  return draft.flight;
}

/** Sends the form, whether or not another save is on its way. */
export async function send(form: HTMLFormElement): Promise<'saved' | 'undecided' | 'failed'> {
  const changes = draft.typed;
  say('Saving…');
  const answer = await postForm(form.action, fieldsOf(form));
  const page = answer?.page.getElementById(form.id);
  if (!answer || !page) {
    const isSignedOut = answer?.response.status === 401 || answer?.response.status === 0;
    say(
      `Not saved: ${isSignedOut ? 'you were signed out' : answer ? 'trying again' : 'no connection'}`,
    );
    if (isSignedOut) draft.failures += 1;
    else saveAgain();
    return 'failed';
  }
  draft.failures = 0;
  if (page.dataset['keep'] === 'undecided') return 'undecided';
  draft.saved = changes;
  refresh(form, page);
  say('Saved');
  return 'saved';
}

/** Takes the version that was saved, and what the server says about the lines. */
function refresh(form: HTMLFormElement, answer: HTMLElement): void {
  const version = answer.querySelector<HTMLInputElement>('input[name=version]')?.value;
  const field = form.querySelector<HTMLInputElement>('input[name=version]');
  if (field && version !== undefined) field.value = version;
  for (const part of form.querySelectorAll<HTMLElement>('[data-fresh]')) {
    const fresh = answer.querySelector(`#${part.id}`);
    if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
  }
}

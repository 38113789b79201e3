import { ownKey, person } from '../storage/own-storage.ts';
import { fieldOf, noteOf } from './fields.ts';
import { confirm, type Entries, OUTBOX, put, waiting } from './outbox.ts';
import { follow, home, post, SIGNED_OUT } from './post.ts';
import { restore } from './restore.ts';
import { type SaveState, sayLasting, showStates } from './save-notes.ts';
import { swap } from './swap.ts';

/** `ended` = the person is signed out: all that waits is sent again after the log-in. */
export type Outcome = Exclude<SaveState, 'saving'> | 'ended';

/** The status of an answer to the form of a person who is not the one signed in. */
const SOMEBODY_ELSE = 412;

/** A tap is often followed by another one. */
const PATIENCE_MS = 350;
const RETRY_MS = 2_000;
const RETRY_MAX_MS = 60_000;

let state: SaveState = 'saved';
let timer = 0;
let failures = 0;
let inFlight: Entries = new Map();
let running: Promise<Outcome> | null = null;

function schedule(ms: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => void flush(), ms);
}

function become(next: SaveState): void {
  state = next;
  showStates(state);
}

/** Saves a quantity a moment after the last change. */
export function save(product: string, quantity: string): void {
  put(product, quantity);
  // Without a connection the line says so until something has arrived.
  become(state === 'saved' ? 'saving' : state);
  schedule(PATIENCE_MS);
}

/** Sends all that waits, one request after the other, and answers when it has arrived or cannot. */
export async function flush(): Promise<Outcome> {
  clearTimeout(timer);
  let outcome: Outcome = 'saved';
  while (outcome === 'saved' && waiting().size > 0) {
    running ??= alone(sendAll).finally(() => (running = null));
    // oxlint-disable-next-line no-await-in-loop -- what was typed since is sent after it
    outcome = await running;
  }
  return outcome;
}

/** Of all tabs, one sends at a time: the last quantity typed is the last one sent. */
const alone = (job: () => Promise<Outcome>): Promise<Outcome> =>
  'locks' in navigator ? navigator.locks.request(ownKey(OUTBOX), job) : job();

async function sendAll(): Promise<Outcome> {
  let outcome: Outcome = 'saved';
  for (let batch = waiting(); outcome === 'saved' && batch.size > 0; batch = waiting()) {
    if (state === 'saved') become('saving');
    inFlight = batch;
    // oxlint-disable-next-line no-await-in-loop -- in order
    outcome = await send(batch);
    inFlight = new Map();
  }
  failures = outcome === 'saved' ? 0 : failures + 1;
  if (failures > 0) schedule(Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** (failures - 1)));
  become(outcome === 'ended' ? 'failed' : outcome);
  return outcome;
}

async function send(batch: Entries): Promise<Outcome> {
  const answer = await post(`${home()}/cart`, bodyOf(batch));
  if (!answer) return 'offline';
  const { status, page, redirect } = answer;
  // Another form of the page may hold what was typed: the log-in carries it, once the browser itself has posted it.
  if (status === SIGNED_OUT && !document.querySelector('.buy, #checkout')) return 'ended';
  if (redirect !== null) {
    follow(redirect);
    return 'failed';
  }
  if (status >= 500 || status === 429) return 'failed';
  if (status === SOMEBODY_ELSE) {
    location.reload();
    return 'failed';
  }
  confirm(batch);
  const unseen = [...batch.keys()].filter((id) => !fieldOf(id));
  const reasons = new Set(
    unseen.flatMap((id) => noteOf(id, page)?.querySelector('.field-error')?.textContent ?? []),
  );
  if (status === 422 && reasons.size > 0) {
    sayLasting(`A quantity in your cart was not saved. ${[...reasons].join(' ')}`);
  }
  // Refused for good, as for a person who may no longer order: the page says so.
  if (status >= 400 && status !== 422) location.reload();
  swap(page, new Set(batch.keys()));
  restore(batch);
  return 'saved';
}

function bodyOf(batch: Entries): URLSearchParams {
  const body = new URLSearchParams({ person });
  for (const [product, { quantity }] of batch) {
    body.append('line', product);
    body.append('quantity', quantity);
  }
  const part = document.querySelector<HTMLInputElement>('#cart-form [name=page]');
  if (part) body.append('page', part.value);
  if (!document.getElementById('cart')) body.append('states', 'yes');
  return body;
}

/** No answer can be waited for: what is not confirmed stays, and the next page sends it again. */
function sendLeaving(): void {
  const batch = [...waiting()].filter(([id, entry]) => inFlight.get(id)?.at !== entry.at);
  if (batch.length > 0) void post(`${home()}/cart`, bodyOf(new Map(batch)));
}

/** Shows what waits, which may be of another tab or of a page before this one, and sends it. */
export function resume(): void {
  restore(new Map());
  if (waiting().size > 0) void flush();
  else showStates(state);
}

window.addEventListener('online', () => {
  failures = 0;
  resume();
});
window.addEventListener('pagehide', sendLeaving);
document.addEventListener('visibilitychange', () => {
  if (waiting().size > 0) void flush();
});
window.addEventListener('pageshow', resume);
window.addEventListener('storage', ({ key }) => {
  if (key === ownKey(OUTBOX)) showStates(state);
});

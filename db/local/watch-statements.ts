import { Session } from 'node:inspector';
import { workerData } from 'node:worker_threads';
import { STOP } from './statement-clock.ts';

/** How late a statement may be stopped. */
const LOOK_EVERY_MS = 100;

const deadline = workerData as BigInt64Array;

// A thread of its own (statement-clock.ts): says to the main thread that its statement has run out of time, until it ends.
setInterval(() => {
  const until = Atomics.load(deadline, 0);
  if (until !== 0n && until < BigInt(Date.now())) stopLateStatement();
}, LOOK_EVERY_MS);

function stopLateStatement(): void {
  const session = new Session();
  session.connectToMainThread();
  const expression = `globalThis[Symbol.for(${JSON.stringify(STOP)})]?.()`;
  session.post('Runtime.evaluate', { expression }, () => session.disconnect());
}

import { isMainThread, Worker } from 'node:worker_threads';

/** What the watching thread calls in this one. */
export const STOP = 'distribu.stopLateStatement';

/**
 * Ends what takes too long in a database that runs in this thread, where nothing else runs until it is done: another
 * thread watches the deadline, and V8's inspector lets it in between two steps of WebAssembly.
 */
export class StatementClock {
  /** Milliseconds since 1970; 0 = nothing is running. */
  private readonly deadline = new BigInt64Array(new SharedArrayBuffer(8));
  private readonly watcher: Worker | null;

  /** @param stop makes the database give up what it is doing */
  constructor(stop: () => void) {
    // The inspector reaches the main thread only.
    this.watcher = isMainThread
      ? new Worker(new URL('./watch-statements.ts', import.meta.url), { workerData: this.deadline })
      : null;
    this.watcher?.unref();
    Object.defineProperty(globalThis, Symbol.for(STOP), {
      configurable: true,
      value: () => this.isLate() && stop(),
    });
  }

  /** Runs one statement, which has so long. */
  run<Result>(milliseconds: number, statement: () => Result): Result {
    Atomics.store(this.deadline, 0, BigInt(Date.now() + milliseconds));
    try {
      return statement();
    } finally {
      Atomics.store(this.deadline, 0, 0n);
    }
  }

  async close(): Promise<void> {
    await this.watcher?.terminate();
  }

  /** By the time the watcher is let in, another statement may be running. */
  private isLate(): boolean {
    const deadline = Atomics.load(this.deadline, 0);
    return deadline !== 0n && deadline < BigInt(Date.now());
  }
}

import { decide, record, type WindowDecision } from './sliding-window.ts';

/**
 * Sliding windows by name, of names that strangers choose: at most `most` are remembered. One that is not used for a whole
 * window is forgotten, and so is the one that was used longest ago when there are too many.
 */
export class WindowLogs {
  /** In the order of their last use. */
  readonly #logs = new Map<string, number[]>();
  readonly #windowMs: number;
  readonly #most: number;

  constructor(windowMs: number, most: number) {
    this.#windowMs = windowMs;
    this.#most = most;
  }

  get size(): number {
    return this.#logs.size;
  }

  /** Counts one use of `name` at `now` (Unix ms) against `limit` in a window. */
  take(name: string, limit: number, now: number): WindowDecision {
    const log = this.#logs.get(name) ?? [];
    const decision = decide(log, limit, this.#windowMs, now);
    record(log, decision);
    this.#logs.delete(name);
    this.#logs.set(name, log);
    this.#forget(now);
    return decision;
  }

  /** Takes back the use that was counted at `at`. */
  giveBack(name: string, at: number): void {
    const log = this.#logs.get(name);
    const index = log?.indexOf(at) ?? -1;
    if (index >= 0) log?.splice(index, 1);
  }

  #forget(now: number): void {
    for (const [name, log] of this.#logs) {
      const idle = now - (log.at(-1) ?? 0) >= this.#windowMs;
      if (!idle && this.#logs.size <= this.#most) return;
      this.#logs.delete(name);
    }
  }
}

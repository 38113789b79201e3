/** What goes wrong on purpose between the Worker and the database. Rates are 0 to 1. */
export interface Faults {
  /** Only batches with a statement that contains this text are affected; all when empty. */
  match: string;
  /** Added to every answer, as distance would. */
  delayMs: number;
  /** Answered with HTTP 500 before anything runs. */
  errorRate: number;
  errorNext: number;
  /** Run and committed, but the answer is lost with the connection. */
  dropAfterCommitRate: number;
  dropNext: number;
}

type Fault = 'error' | 'drop' | null;

const NO_FAULTS: Faults = {
  match: '',
  delayMs: 0,
  errorRate: 0,
  errorNext: 0,
  dropAfterCommitRate: 0,
  dropNext: 0,
};

/** Holds the faults in force; `…Next` counts down with each affected batch. */
export class FaultInjector {
  private faults = NO_FAULTS;

  /** Replaces all faults; what is left out is off. */
  set(faults: Partial<Faults>): void {
    this.faults = { ...NO_FAULTS, ...faults };
  }

  get active(): boolean {
    return this.faults !== NO_FAULTS;
  }

  get current(): Faults {
    return this.faults;
  }

  /** Decides about one batch; call it once a batch. */
  next(queries: string[]): { delayMs: number; fault: Fault } {
    const { match, delayMs, errorRate, dropAfterCommitRate } = this.faults;
    if (!queries.some((query) => query.includes(match))) return { delayMs: 0, fault: null };
    if (this.take('errorNext') || Math.random() < errorRate) return { delayMs, fault: 'error' };
    if (this.take('dropNext') || Math.random() < dropAfterCommitRate) {
      return { delayMs, fault: 'drop' };
    }
    return { delayMs, fault: null };
  }

  private take(counter: 'errorNext' | 'dropNext'): boolean {
    if (this.faults[counter] <= 0) return false;
    this.faults[counter]--;
    return true;
  }
}

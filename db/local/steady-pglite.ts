import { PGlite } from '@electric-sql/pglite';
import { StatementClock } from './statement-clock.ts';

/** What PGlite's WebAssembly lets us see beside what its types say. */
interface Inside {
  ___stack_pointer: WebAssembly.Global<'i32'>;
  /** Where PostgreSQL keeps two flags that each of its loops looks at: interrupted, and so because of a cancel request. */
  _InterruptPending: number;
  _QueryCancelPending: number;
  HEAP8: Int8Array;
}

/**
 * PGlite that survives two faults of its own:
 * - It leaves 800 bytes on its stack with every error, so that the 2,600th refused statement is its last ("stack depth
 *   limit exceeded"): here the stack is after each message where it was before it.
 * - It has no timers, so `statement_timeout` does nothing, and a statement without end keeps everybody waiting: here it is
 *   canceled (57014), as by a cancel request.
 */
export class SteadyPGlite extends PGlite {
  /** How long each message may take from now on; null = as long as it likes. */
  timeoutMs: number | null = null;
  private clock: StatementClock | undefined;

  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    const { ___stack_pointer: stack } = this.inside;
    const before = stack.value;
    try {
      if (this.timeoutMs === null) return super.execProtocolRawSync(message);
      this.clock ??= new StatementClock(() => this.cancel());
      return this.clock.run(this.timeoutMs, () => super.execProtocolRawSync(message));
    } finally {
      stack.value = before;
    }
  }

  override async close(): Promise<void> {
    await super.close();
    await this.clock?.close();
  }

  private cancel(): void {
    const { HEAP8, _InterruptPending, _QueryCancelPending } = this.inside;
    HEAP8[_QueryCancelPending] = 1;
    HEAP8[_InterruptPending] = 1;
  }

  private get inside(): Inside {
    return this.Module as unknown as Inside;
  }
}

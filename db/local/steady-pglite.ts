import { PGlite } from '@electric-sql/pglite';

/**
 * PGlite leaves 800 bytes on its stack with every error, so that the 2,600th refused statement is its last
 * ("stack depth limit exceeded"): here the stack is after each message where it was before it.
 */
export class SteadyPGlite extends PGlite {
  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    const stack = (this.Module as unknown as { ___stack_pointer: WebAssembly.Global<'i32'> })
      .___stack_pointer;
    const before = stack.value;
    try {
      return super.execProtocolRawSync(message);
    } finally {
      stack.value = before;
    }
  }
}

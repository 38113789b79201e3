import { DurableObject } from 'cloudflare:workers';
import noSimd from 'argon2id/dist/no-simd.wasm';
import simd from 'argon2id/dist/simd.wasm';
import setupWasm from 'argon2id/lib/setup.js';
import { argon2HasherWith, type PasswordHasher } from '#src/lib/password.ts';

// workerd forbids compiling wasm at run time; these modules were compiled when the Worker was deployed.
const start = (module: WebAssembly.Module) => async (imports: WebAssembly.Imports) => ({
  module,
  instance: await WebAssembly.instantiate(module, imports),
});

let shared: PasswordHasher | undefined;

/** One instance for every object of the isolate: each takes 65 MiB, of the 128 there are. */
function hasher(): PasswordHasher {
  shared ??= argon2HasherWith(setupWasm(start(simd), start(noSimd)));
  return shared;
}

/**
 * Where passwords are hashed: an object has a thread of its own, apart from the one that answers pages, which a hash
 * would hold up for some 60 ms. It keeps nothing.
 */
export class PasswordHashing extends DurableObject<Env> implements PasswordHasher {
  hash(password: string): ReturnType<PasswordHasher['hash']> {
    return hasher().hash(password);
  }

  verify(password: string, phc: string | null): ReturnType<PasswordHasher['verify']> {
    return hasher().verify(password, phc);
  }
}

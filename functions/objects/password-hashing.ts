import { DurableObject } from 'cloudflare:workers';
import { setWASMModules } from 'argon2-wasm-edge';
import argon2WASM from 'argon2-wasm-edge/wasm/argon2.wasm';
import blake2bWASM from 'argon2-wasm-edge/wasm/blake2b.wasm';
import { argon2Hasher, type PasswordHasher } from '#src/lib/password.ts';

// workerd forbids compiling wasm at run time; these modules were compiled when the Worker was deployed.
void setWASMModules({ argon2WASM, blake2bWASM });

/**
 * Where passwords are hashed: an object has a thread of its own, apart from the one that answers pages, which a hash
 * would hold up for some 60 ms. It keeps nothing.
 */
export class PasswordHashing extends DurableObject<Env> implements PasswordHasher {
  hash(password: string): ReturnType<PasswordHasher['hash']> {
    return argon2Hasher.hash(password);
  }

  verify(password: string, phc: string | null): ReturnType<PasswordHasher['verify']> {
    return argon2Hasher.verify(password, phc);
  }
}

import { setWASMModules } from 'argon2-wasm-edge';
import argon2WASM from 'argon2-wasm-edge/wasm/argon2.wasm';
import blake2bWASM from 'argon2-wasm-edge/wasm/blake2b.wasm';
import { argon2Hasher, type PasswordHasher } from '#src/lib/password.ts';

// workerd forbids compiling wasm at run time; these modules were compiled when the Worker was deployed.
void setWASMModules({ argon2WASM, blake2bWASM });

export const passwordHasher: PasswordHasher = argon2Hasher;

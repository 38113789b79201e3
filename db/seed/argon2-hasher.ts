import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import setupWasm from 'argon2id/lib/setup.js';
import { argon2HasherWith } from '#src/lib/password.ts';

const start = (file: string) => async (imports: WebAssembly.Imports) =>
  WebAssembly.instantiate(
    await readFile(fileURLToPath(import.meta.resolve(`argon2id/dist/${file}`))),
    imports,
  );

/** argon2id in Node: for seeds, tests and measurements. */
export const argon2Hasher = argon2HasherWith(setupWasm(start('simd.wasm'), start('no-simd.wasm')));

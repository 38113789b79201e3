import type { computeHash as Compute } from 'argon2id/lib/setup.js';
import { PASSWORD_MAX_UNITS } from './fields.ts';

export interface PasswordHasher {
  /** The password's hash as a PHC string. Throws on one that is longer than any (`newPassword`). */
  hash(password: string): Promise<string>;
  /**
   * Compares with a stored PHC string. With null (no such account, or none set) it does the same work and says no.
   * `rehash`: the password is right, but was hashed with other parameters than today's.
   */
  verify(password: string, phc: string | null): Promise<{ ok: boolean; rehash: boolean }>;
}

type Parameters = { memoryKib: number; iterations: number; parallelism: number };
type Parsed = { parameters: Parameters; salt: Uint8Array; hash: Uint8Array };

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const TODAY: Parameters = { memoryKib: 19_456, iterations: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MIN_BYTES = 8;
const NOBODY: Parsed = {
  parameters: TODAY,
  salt: new Uint8Array(SALT_BYTES),
  hash: new Uint8Array(HASH_BYTES),
};

/**
 * argon2id, with the instance of its WebAssembly given: how one comes by that, differs in workerd and in Node
 * (`functions/objects/password-hashing.ts`, `db/seed/argon2-hasher.ts`).
 */
export function argon2HasherWith(instance: Promise<Compute>): PasswordHasher {
  /** The same characters typed on another keyboard or system are the same password (NIST SP 800-63B, NFKC). */
  async function derive(
    password: string,
    parameters: Parameters,
    salt: Uint8Array,
    length: number,
  ) {
    const compute = await instance;
    return compute({
      // Shorter ones, which nobody has (no password holds a NUL), are refused by the library, and must cost as much.
      password: new TextEncoder().encode(password.normalize('NFKC').padEnd(MIN_BYTES, '\0')),
      salt,
      memorySize: parameters.memoryKib,
      passes: parameters.iterations,
      parallelism: parameters.parallelism,
      tagLength: length,
    });
  }

  return {
    async hash(password) {
      if (password.length > PASSWORD_MAX_UNITS) throw new Error('A password is too long to hash.');
      const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
      const hash = await derive(password, TODAY, salt, HASH_BYTES);
      return format({ parameters: TODAY, salt, hash });
    },

    async verify(password, phc) {
      const stored = phc === null ? null : parse(phc);
      const { parameters, salt, hash } = stored ?? NOBODY;
      // Nobody has a longer one: the empty one is as wrong, and costs no normalisation.
      const typed = password.length <= PASSWORD_MAX_UNITS ? password : '';
      const same = isEqual(await derive(typed, parameters, salt, hash.length), hash);
      const ok = same && stored !== null;
      return { ok, rehash: ok && describe(parameters) !== describe(TODAY) };
    },
  };
}

function describe({ memoryKib, iterations, parallelism }: Parameters): string {
  return `m=${memoryKib},t=${iterations},p=${parallelism}`;
}

function format({ parameters, salt, hash }: Parsed): string {
  return `$argon2id$v=19$${describe(parameters)}$${toBase64(salt)}$${toBase64(hash)}`;
}

function parse(phc: string): Parsed {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(phc);
  if (!match) throw new Error('A stored password hash is not an argon2id PHC string.');
  const [, m, t, p, salt = '', hash = ''] = match;
  const parameters = { memoryKib: Number(m), iterations: Number(t), parallelism: Number(p) };
  return { parameters, salt: fromBase64(salt), hash: fromBase64(hash) };
}

/** Takes as long wherever the first difference is. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let n = 0; n < a.length; n += 1) difference |= (a[n] ?? 0) ^ (b[n] ?? 0);
  return difference === 0;
}

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, '');
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

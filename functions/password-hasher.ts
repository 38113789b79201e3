import { env } from 'cloudflare:workers';
import type { PasswordHasher } from '#src/lib/password.ts';

/** So many hashes may run at once; an object is one thread. */
const OBJECTS = 32;

/** argon2id, worked out away from the thread that answers pages: `PasswordHashing` objects, taken at random. */
export const passwordHasher: PasswordHasher = {
  hash: (password) => anyObject().hash(password),
  verify: (password, phc) => anyObject().verify(password, phc),
};

function anyObject() {
  return env.PASSWORD_HASHING.getByName(String(Math.floor(Math.random() * OBJECTS)));
}

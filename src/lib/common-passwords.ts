import list from './common-passwords.json' with { type: 'json' };

// As text, not as a set: it is asked for new passwords only, and costs an isolate nothing until then.
const COMMON = ` ${list} `;

/**
 * Whether a password is among those that are tried first, however its letters are cased: the entries of
 * `@zxcvbn-ts/language-common` that are long enough to be passwords here.
 */
export function isCommonPassword(password: string): boolean {
  const typed = password.normalize('NFKC').toLowerCase();
  return !typed.includes(' ') && COMMON.includes(` ${typed} `);
}

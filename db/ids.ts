import { typeid } from 'typeid-js';

/** The prefix of every kind of id, so that an id in a log or a bug report says what it names. */
export const ID_PREFIXES = {
  company: 'com',
  user: 'usr',
  session: 'ses',
  customer: 'cus',
  contact: 'con',
  address: 'adr',
  apiKey: 'key',
  import: 'imp',
  message: 'msg',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;
export type Id<K extends IdKind> = `${(typeof ID_PREFIXES)[K]}_${string}`;

/** A new TypeID (UUIDv7 inside, so ids sort by time of creation). */
export function newId<K extends IdKind>(kind: K): Id<K> {
  return typeid(ID_PREFIXES[kind]).toString() as Id<K>;
}

const SUFFIX = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

export function isId<K extends IdKind>(kind: K, text: string): text is Id<K> {
  const prefix = `${ID_PREFIXES[kind]}_`;
  return text.startsWith(prefix) && SUFFIX.test(text.slice(prefix.length));
}

/**
 * The id a path names. Text that is no id of this kind becomes an id that no row has, so the request is still
 * authenticated by the database before it is told that nothing was found.
 */
export function idFrom<K extends IdKind>(kind: K, text: string): Id<K> {
  return isId(kind, text) ? text : (`${ID_PREFIXES[kind]}_` as Id<K>);
}

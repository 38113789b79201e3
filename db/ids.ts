import { TypeID, typeid } from 'typeid-js';

/** The prefix of every kind of id, so that an id in a log or a bug report says what it names. */
const ID_PREFIXES = {
  company: 'com',
  user: 'usr',
  session: 'ses',
  customer: 'cus',
  contact: 'con',
  address: 'adr',
  apiKey: 'key',
  import: 'imp',
  product: 'prd',
  order: 'ord',
  image: 'img',
  message: 'msg',
  webhook: 'whk',
  event: 'evt',
  delivery: 'dlv',
} as const;

type IdKind = keyof typeof ID_PREFIXES;
export type Id<K extends IdKind> = `${(typeof ID_PREFIXES)[K]}_${string}`;

/** A new TypeID (UUIDv7 inside, so ids sort by time of creation). */
export function newId<K extends IdKind>(kind: K): Id<K> {
  return typeid(ID_PREFIXES[kind]).toString() as Id<K>;
}

const DAY_MS = 86_400_000;

/** The one id a text stands for on a day (UTC): a UUIDv7 with the text's SHA-256 where others are random. */
export async function idOfText<K extends IdKind>(kind: K, text: string, now: Date): Promise<Id<K>> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const bytes = new Uint8Array(digest, 0, 16);
  const view = new DataView(digest);
  const day = now.getTime() - (now.getTime() % DAY_MS);
  view.setUint32(0, Math.floor(day / 2 ** 16));
  view.setUint16(4, day % 2 ** 16);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  return TypeID.fromUUIDBytes(ID_PREFIXES[kind], bytes).toString() as Id<K>;
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

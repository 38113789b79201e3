/** Units that are counted in pieces: what two of them are called, and how order sheets shorten them. */
const COUNTED: Record<string, { plural?: string; short?: readonly string[] }> = {
  bag: { short: ['bg'] },
  bale: {},
  barrel: { short: ['bbl'] },
  basket: {},
  block: {},
  bottle: { short: ['btl'] },
  box: { plural: 'boxes', short: ['bx'] },
  bucket: {},
  bunch: { plural: 'bunches', short: ['bn'] },
  bundle: { short: ['bdl'] },
  can: { short: ['cn'] },
  carton: { short: ['ctn'] },
  case: { short: ['cs', 'ca'] },
  container: {},
  crate: {},
  drum: {},
  flat: {},
  head: { short: ['hd'] },
  jar: {},
  jug: {},
  keg: {},
  loaf: { plural: 'loaves' },
  pack: { short: ['pk', 'pkt'] },
  packet: {},
  pail: {},
  pallet: { short: ['plt'] },
  piece: { short: ['pc'] },
  pouch: { plural: 'pouches' },
  roll: { short: ['rl'] },
  sack: {},
  sheet: {},
  sleeve: {},
  tin: {},
  tray: {},
  tub: {},
  tube: {},
  unit: {},
  wheel: {},
};

/** Units that measure, not count: two pounds of a product that is sold by the case are no number of cases. */
const MEASURES = new Set('lb lbs oz kg g l ml gal qt pt dozen doz dz'.split(' '));

const PLURALS = new Map(
  Object.entries(COUNTED).map(([unit, { plural = `${unit}s` }]) => [unit, plural]),
);

const ABBREVIATIONS = new Set(
  Object.values(COUNTED).flatMap(({ short = [] }) => short.flatMap((word) => [word, `${word}s`])),
);

/** Several of a unit: `case` → `cases`, `BOX` → `BOXES`; a unit that is not in the table stays as it is. */
export function pluralUnit(unit: string): string {
  const plural = PLURALS.get(unit.toLowerCase());
  if (plural === undefined) return unit;
  if (unit === unit.toUpperCase()) return plural.toUpperCase();
  return unit.slice(0, 1) + plural.slice(1);
}

const plain = (word: string) => word.toLowerCase().replace(/\.$/u, '');

/** Whether this word is a unit that is counted, as order sheets write it: `case`, `cases`, `cs.`, `ea`. */
export function isCountedUnit(word: string): boolean {
  const unit = plain(word);
  return unit === 'each' || unit === 'ea' || PLURALS.has(unit) || isSeveral(word);
}

/** Whether it can be nothing but a unit before a name: `cases tomatoes`, but not `box cutters`. */
export function isSeveral(word: string): boolean {
  const unit = plain(word);
  return unit === 'case' || ABBREVIATIONS.has(unit) || [...PLURALS.values()].includes(unit);
}

/** Whether this word is a unit of weight, of volume, or the dozen. */
export function isMeasure(word: string): boolean {
  return MEASURES.has(plain(word));
}

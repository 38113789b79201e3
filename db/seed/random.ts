/** A source of chance that draws the same for the same seed, so that what is made by chance is always the same. */
export interface Random {
  /** From 0, 1 excluded. */
  next(): number;
  /** A whole number; both ends included. */
  between(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  /** As many different ones, or all there are. */
  some<T>(list: readonly T[], count: number): T[];
}

/** @param seed any whole number (mulberry32) */
export function random(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    pick(list) {
      const picked = list[between(0, list.length - 1)];
      if (picked === undefined) throw new Error('There is nothing to pick from.');
      return picked;
    },
    some(list, count) {
      const rest = [...list];
      const taken = Array.from({ length: Math.min(count, rest.length) }, () =>
        rest.splice(between(0, rest.length - 1), 1),
      );
      return taken.flat();
    },
  };
}

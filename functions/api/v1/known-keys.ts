/** As many are remembered: more than an isolate meets in its life. */
const MOST = 10_000;

const known = new Set<string>();

/** The API keys, by their SHA-256, that this isolate knows to exist, so that `ApiKeys` is asked once for each. */
export const knownKeys = {
  has: (hash: string): boolean => known.has(hash),

  add(hash: string): void {
    if (known.size >= MOST) known.clear();
    known.add(hash);
  },
};

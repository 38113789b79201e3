type BackoffOptions = {
  /** Seconds the first wait may take. */
  base?: number;
  /** Seconds no wait exceeds. */
  cap?: number;
  /** Uniform in [0, 1). */
  random?: () => number;
};

/**
 * Whole seconds to wait after the `attempts`-th failure (1 is the first): exponential with full jitter, so that
 * what failed together does not come back together. At least 1.
 */
export function backoff(attempts: number, options: BackoffOptions = {}): number {
  const { base = 5, cap = 900, random = Math.random } = options;
  const ceiling = Math.min(cap, base * 2 ** Math.max(0, attempts - 1));
  return Math.max(1, Math.ceil(random() * ceiling));
}

import { DurableObject } from 'cloudflare:workers';

/** How long the others wait for a probe whose Worker never came back. */
const PROBE_MS = 10_000;

/**
 * `known`: the database has accepted the key before. `probe`: nobody here has heard of it, so ask the database, then call
 * `confirm`, `deny` or `abandon`. `unknown`: the database has just refused it.
 */
export type KeyAnswer = 'known' | 'probe' | 'unknown';

type Outcome = 'confirmed' | 'denied' | 'abandoned';
type Probe = PromiseWithResolvers<Outcome> & { timer: ReturnType<typeof setTimeout> };

/**
 * Which API keys exist, by their SHA-256, so that only for those there are limiters. An unproven key writes nothing and
 * is forgotten with its request. Only one of its requests at a time asks the database: the others wait for that answer.
 */
export class ApiKeys extends DurableObject<Env> {
  readonly #probes = new Map<string, Probe>();

  async ask(hash: string): Promise<KeyAnswer> {
    while (!this.#isKnown(hash)) {
      const probe = this.#probes.get(hash);
      if (!probe) {
        this.#openProbe(hash);
        return 'probe';
      }
      if ((await probe.promise) === 'denied') return 'unknown';
    }
    return 'known';
  }

  /** The database accepted the probe's key, and its limiter has counted the request. */
  confirm(hash: string): void {
    this.ctx.storage.kv.put(nameOf(hash), true);
    this.#settle(hash, 'confirmed');
  }

  /** The database refused the probe's key: the requests that waited are refused with it. */
  deny(hash: string): void {
    this.#settle(hash, 'denied');
  }

  /** The database did not answer the probe: the next request asks again. */
  abandon(hash: string): void {
    this.#settle(hash, 'abandoned');
  }

  #isKnown(hash: string): boolean {
    return this.ctx.storage.kv.get(nameOf(hash)) === true;
  }

  #openProbe(hash: string): void {
    const timer = setTimeout(() => this.#settle(hash, 'abandoned'), PROBE_MS);
    this.#probes.set(hash, { ...Promise.withResolvers<Outcome>(), timer });
  }

  #settle(hash: string, outcome: Outcome): void {
    const probe = this.#probes.get(hash);
    if (!probe) return;
    clearTimeout(probe.timer);
    this.#probes.delete(hash);
    probe.resolve(outcome);
  }
}

const nameOf = (hash: string) => `key:${hash}`;

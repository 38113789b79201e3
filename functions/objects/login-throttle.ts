import { DurableObject } from 'cloudflare:workers';
import {
  attemptInWindow,
  attemptLocked,
  type Attempt,
  type LockRule,
  type LockState,
  type WindowRule,
} from '#src/lib/throttle.ts';

/** Whether an attempt may be made; `retryAfter` in seconds, 0 when it may. */
type Verdict = { allowed: boolean; retryAfter: number };

/**
 * The unforgiven attempts of one log-in subject: an account from an address, or a whole address. Each attempt is in
 * storage before it is allowed, so neither parallel guesses nor lost memory get more of them. `now` is in Unix ms.
 */
export class LoginThrottle extends DurableObject<Env> {
  /** Counts an attempt on an account from an address; refused while it is locked. */
  async beginLocked(rule: LockRule, now = Date.now()): Promise<Verdict> {
    const previous = this.ctx.storage.kv.get<LockState>('state');
    return this.#keep(attemptLocked(rule, previous, now), now + rule.forgetMs);
  }

  /** Counts an attempt from an address; refused while its window is full. */
  async beginInWindow(rule: WindowRule, now = Date.now()): Promise<Verdict> {
    const previous = this.ctx.storage.kv.get<readonly number[]>('state');
    return this.#keep(attemptInWindow(rule, previous, now), now + rule.windowMs);
  }

  /** The password was right: forgets every failure of this account from this address. */
  async forget(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  /** The password was right: takes back the newest attempt, and leaves the failures for other accounts. */
  async forgiveOne(): Promise<void> {
    const moments = this.ctx.storage.kv.get<readonly number[]>('state') ?? [];
    this.ctx.storage.kv.put('state', moments.slice(0, -1));
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  async #keep<State>(attempt: Attempt<State>, expiresAt: number): Promise<Verdict> {
    const { allowed, retryAfter, state } = attempt;
    if (allowed) {
      this.ctx.storage.kv.put('state', state);
      await this.ctx.storage.setAlarm(expiresAt);
    }
    return { allowed, retryAfter };
  }
}

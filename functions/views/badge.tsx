import type { Child } from 'hono/jsx';
import type { Tone } from './tone.ts';

/** A state in one or two words. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: Child }) {
  return <span class={`badge tone-${tone}`}>{children}</span>;
}

import { raw } from 'hono/html';
import { escaped } from './escaped.ts';
import type { Tone } from './tone.ts';

/** A state in one or two words. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: string }) {
  return raw(`<span class="badge tone-${tone}">${escaped(children)}</span>`);
}

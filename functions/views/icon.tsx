import { raw } from 'hono/html';
import type { IconName } from '../assets/icon-names.ts';
import manifest from '../assets/manifest.json' with { type: 'json' };

export type { IconName };

/** A drawing from the sprite, hidden from screen readers: the text beside it says the same. */
export function Icon({ name, large }: { name: IconName; large?: boolean }) {
  const drawing = `${manifest['icons.svg']}#${name}`;
  const size = large ? 'icon icon-large' : 'icon';
  return raw(`<svg class="${size}" aria-hidden="true"><use href="${drawing}"/></svg>`);
}

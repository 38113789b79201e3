import type { IconName } from '../assets/icon-names.ts';
import manifest from '../assets/manifest.json' with { type: 'json' };

export type { IconName };

/** A drawing from the sprite, hidden from screen readers: the text beside it says the same. */
export function Icon({ name, large }: { name: IconName; large?: boolean }) {
  return (
    <svg class={large ? 'icon icon-large' : 'icon'} aria-hidden="true">
      <use href={`${manifest['icons.svg']}#${name}`} />
    </svg>
  );
}

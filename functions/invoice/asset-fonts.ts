import manifest from '../assets/manifest.json' with { type: 'json' };
import type { LoadFont } from './fonts.ts';

/** The fonts of invoices out of the static assets; the Worker itself carries none. */
export function assetFonts(assets: Fetcher): LoadFont {
  return async (name) => {
    const path = name in manifest ? manifest[name as keyof typeof manifest] : `/assets/${name}`;
    // The binding looks at the path alone.
    const answer = await assets.fetch(new URL(path, 'https://assets.invalid'));
    if (!answer.ok) throw new Error(`The font ${name} is not among the assets.`);
    return answer.arrayBuffer();
  };
}

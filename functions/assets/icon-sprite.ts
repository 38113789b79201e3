import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ICONS } from './icon-names.ts';

/** One SVG of `<symbol>`s, from the drawings in `folder`; stroke attributes sit on the symbol. */
export async function buildSprite(folder: string): Promise<string> {
  const symbols = await Promise.all(
    ICONS.map(async (name) => {
      const source = await readFile(join(folder, `${name}.svg`), 'utf8');
      const shapes = source.slice(source.indexOf('>', source.indexOf('<svg')) + 1);
      const drawing = shapes.slice(0, shapes.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
      return `<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { FontIndex } from '../invoice/font-index.ts';
import { unpackWoff } from './unpack-woff.ts';

const packages = join(import.meta.dirname, '../../node_modules/@fontsource');

/** What invoices are set in: the package of each family, and its weight. */
const FAMILIES = {
  'noto-sans': { from: 'noto-sans', weight: 400 },
  'noto-sans-bold': { from: 'noto-sans', weight: 600 },
  'noto-sans-sc': { from: 'noto-sans-sc', weight: 400 },
  'noto-sans-jp': { from: 'noto-sans-jp', weight: 400 },
  'noto-sans-kr': { from: 'noto-sans-kr', weight: 400 },
  'noto-emoji': { from: 'noto-emoji', weight: 400 },
} as const;

interface InvoiceFonts {
  index: Uint8Array;
  /** Each slice under a name that carries a hash of its content. */
  files: Record<string, Uint8Array>;
}

/** The slices of the fonts of invoices, and the index that says which characters are in which. */
export async function readInvoiceFonts(): Promise<InvoiceFonts> {
  const files: Record<string, Uint8Array> = {};
  // Always in the same order, so that the index has the same name whoever builds it.
  const families = await Promise.all(
    Object.entries(FAMILIES).map(async ([family, { from, weight }]) => {
      const directory = join(packages, from);
      const ranges = JSON.parse(await readFile(join(directory, 'unicode.json'), 'utf8')) as object;
      // The others repeat some Latin, which is not looked for there; their own slices are `[numbers]`.
      const wanted = Object.entries(ranges).filter(
        ([slice]) => from === 'noto-sans' || slice.startsWith('['),
      );
      // Latin comes last and is wanted first.
      const slices = await Promise.all(
        wanted.reverse().map(async ([slice, covered]: [string, string]) => {
          const name = `${from}-${slice.replace(/[[\]]/g, '')}-${weight}-normal.woff`;
          const font = unpackWoff(await readFile(join(directory, 'files', name)));
          const hash = createHash('sha256').update(font).digest('hex').slice(0, 10);
          const file = `${basename(name, extname(name))}.${hash}.ttf`;
          files[file] = font;
          return { file, ranges: covered.toLowerCase().replaceAll('u+', '') };
        }),
      );
      return [family, slices] as const;
    }),
  );
  const index: FontIndex = Object.fromEntries(families);
  return { index: Buffer.from(JSON.stringify(index)), files };
}

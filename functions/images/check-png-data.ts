import { countDeflateBlocks } from '#src/catalog/count-deflate-blocks.ts';
import { brokenImage, imageRefused, type ImageHeader } from '#src/catalog/image-type.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { pngData } from './png-chunks.ts';

/** Of each colour type: how many samples a pixel has. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** A block of nothing is 10 bits, and the decoder makes its tables anew for each. Programs write some hundreds. */
const MAX_BLOCKS = 10_000;

/**
 * Refuses a PNG whose compressed data is in too many blocks, or not as much as its size needs. The decoder would unpack
 * whatever there is first: 5 MB can hold 5 GB of nothing, or four million blocks of nothing.
 */
export async function checkPngData(
  bytes: Uint8Array,
  { width, height }: ImageHeader,
): Promise<void> {
  const bits = (bytes[24] ?? 0) * (SAMPLES[bytes[25] ?? 0] ?? 0);
  const least = Math.floor((width * height * bits) / 8);
  // Each line has a filter byte and may end within a byte; an interlaced picture has twice the lines.
  const most = least + 4 * height + 64;
  const data = pngData(bytes);
  if (countDeflateBlocks(data, MAX_BLOCKS) > MAX_BLOCKS) {
    throw imageRefused(
      `This image is compressed in more than ${formatNumber(MAX_BLOCKS)} blocks, the most that a PNG may have: save it again, or save it as a JPG.`,
    );
  }
  const compressed = new Blob([data]).stream();
  let unpacked = 0;
  try {
    for await (const chunk of compressed.pipeThrough(new DecompressionStream('deflate'))) {
      unpacked += chunk.length;
      if (unpacked > most) break;
    }
  } catch {
    throw brokenImage();
  }
  if (unpacked < least || unpacked > most) throw brokenImage();
}

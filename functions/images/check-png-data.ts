import { brokenImage, type ImageHeader } from '#src/catalog/image-type.ts';

/** Of each colour type: how many samples a pixel has. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const SIGNATURE_BYTES = 8;
/**
 * Refuses a PNG whose compressed data is not as much as its size needs. The decoder would unpack whatever there is
 * first: 5 MB can hold 5 GB of nothing.
 */
export async function checkPngData(
  bytes: Uint8Array,
  { width, height }: ImageHeader,
): Promise<void> {
  const bits = (bytes[24] ?? 0) * (SAMPLES[bytes[25] ?? 0] ?? 0);
  const least = Math.floor((width * height * bits) / 8);
  // Each line has a filter byte and may end within a byte; an interlaced picture has twice the lines.
  const most = least + 4 * height + 64;
  const compressed = new Blob([pngData(bytes)]).stream();
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

/** The compressed data in one piece: hundreds of thousands of chunks may have none, or a byte each. */
function pngData(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const compressed = new Uint8Array(bytes.length);
  let found = 0;
  for (let at = SIGNATURE_BYTES; at + 12 <= bytes.length;) {
    const length = data.getUint32(at);
    if (data.getUint32(at + 4) === 0x49444154) {
      const piece = bytes.subarray(at + 8, at + 8 + length);
      compressed.set(piece, found);
      found += piece.length;
    }
    at += 12 + length;
  }
  return compressed.subarray(0, found);
}

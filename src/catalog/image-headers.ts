import { countFrames } from './avif-frames.ts';
import { ascii, boxes, broken, view } from './image-boxes.ts';
import type { ImageHeader, ImageKind } from './image-type.ts';

/*
 * Just enough of four file formats to know what a file is and how large, each in one pass over its segments. Reading
 * past the end throws RangeError. (The package image-size copies the rest of the file at each byte that is not as it
 * expects, which makes minutes out of 5 MB, and takes an AVIF by its first brand only.)
 */

interface Reader {
  isIt: (bytes: Uint8Array) => boolean;
  read: (bytes: Uint8Array) => ImageHeader | 'animated';
}

function header(
  kind: ImageKind,
  width: number,
  height: number,
  more: Partial<ImageHeader> & { bytesPerPixel: number },
): ImageHeader {
  return { kind, width, height, orientation: 1, cmyk: false, scans: 1, ...more };
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const APP1 = 0xe1;
/** Baseline, extended and progressive; the arithmetic and lossless ones no camera writes. */
const BASELINE = new Set([0xc0, 0xc1]);
const PROGRESSIVE = 0xc2;
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
/** A marker that no length follows: taken for a segment, it would hide the scans behind it. */
const isBare = (marker: number) => marker === 0x01 || isRestart(marker);

export const readJpeg: Reader = {
  isIt: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
  read(bytes) {
    const data = view(bytes);
    let orientation = 1;
    let frame: { marker: number; at: number } | null = null;
    let scans = 0;
    let inFirstScan = 0;
    for (let at = 2; ;) {
      if (data.getUint8(at) !== 0xff) broken();
      const marker = data.getUint8(at + 1);
      if (marker === 0xff || isBare(marker)) {
        at += marker === 0xff ? 1 : 2;
        continue;
      }
      if (marker === END_OF_IMAGE) break;
      if (BASELINE.has(marker) || marker === PROGRESSIVE) frame ??= { marker, at: at + 4 };
      const length = data.getUint16(at + 2);
      if (marker === APP1) {
        orientation = exifOrientation(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
      }
      if (marker === START_OF_SCAN) {
        scans += 1;
        if (scans === 1) inFirstScan = data.getUint8(at + 4);
        at = endOfScan(bytes, at + 2 + length);
        if (at < 0) break;
      } else at += 2 + Math.max(2, length);
    }
    if (!frame || scans === 0) broken();
    const inks = data.getUint8(frame.at + 5);
    return header('jpeg', data.getUint16(frame.at + 3), data.getUint16(frame.at + 1), {
      orientation,
      cmyk: inks === 4,
      scans,
      // Of several scans every coefficient is kept, in two bytes; a single scan is decoded line by line.
      bytesPerPixel: frame.marker === PROGRESSIVE || inFirstScan < inks ? 2 * inks + 1 : 1,
    });
  },
};

/** Where the compressed data of a scan ends: at the next marker that is no restart; -1 if the file ends before. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && !isRestart(marker)) return at;
  }
  return -1;
}

/** The orientation in an EXIF block, 1 to 8; null if it says none, or nothing that can be read. */
function exifOrientation(block: Uint8Array): number | null {
  if (ascii(block, 0, 6) !== 'Exif\0\0' || block.length < 14) return null;
  const tiff = view(block.subarray(6));
  const little = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, little);
  if (directory + 2 > tiff.byteLength) return null;
  const entries = tiff.getUint16(directory, little);
  for (let n = 0; n < entries; n += 1) {
    const entry = directory + 2 + 12 * n;
    if (entry + 12 > tiff.byteLength) return null;
    if (tiff.getUint16(entry, little) === 0x0112) {
      const orientation = tiff.getUint16(entry + 8, little);
      return orientation >= 1 && orientation <= 8 ? orientation : null;
    }
  }
  return null;
}

export const readPng: Reader = {
  isIt: (bytes) => ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n',
  read(bytes) {
    if (ascii(bytes, 12, 4) !== 'IHDR') broken();
    const data = view(bytes);
    return header('png', data.getUint32(16), data.getUint32(20), {
      bytesPerPixel: data.getUint8(24) === 16 ? 19 : 10.5,
    });
  },
};

export const readWebp: Reader = {
  isIt: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP',
  read(bytes) {
    const data = view(bytes);
    const size24 = (at: number) => 1 + data.getUint16(at, true) + (data.getUint8(at + 2) << 16);
    switch (ascii(bytes, 12, 4)) {
      case 'VP8 ': {
        if (data.getUint16(23) !== 0x9d01 || data.getUint8(25) !== 0x2a) broken();
        const side = (at: number) => data.getUint16(at, true) & 0x3fff;
        return header('webp', side(26), side(28), { bytesPerPixel: 4.5 });
      }
      case 'VP8L': {
        if (data.getUint8(20) !== 0x2f) broken();
        const bits = data.getUint32(21, true);
        const side = (shift: number) => 1 + ((bits >>> shift) & 0x3fff);
        return header('webp', side(0), side(14), { bytesPerPixel: 8.5 });
      }
      case 'VP8X':
        if (data.getUint8(20) & 0x02) return 'animated';
        return header('webp', size24(24), size24(27), { bytesPerPixel: 8.5 });
      default:
        return broken();
    }
  },
};

/** Brands of a still AVIF and of a sequence. HEIC has the same boxes and neither. */
const isAvifBrand = (brand: string) => brand === 'avif' || brand === 'avis';

function brands(bytes: Uint8Array): string[] {
  if (ascii(bytes, 4, 4) !== 'ftyp') return [];
  const end = Math.min(view(bytes).getUint32(0), bytes.length, 256);
  const found = [ascii(bytes, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) found.push(ascii(bytes, at, 4));
  return found;
}

export const readAvif: Reader = {
  isIt: (bytes) => brands(bytes).some(isAvifBrand),
  read(bytes) {
    if (brands(bytes)[0] === 'avis') return 'animated';
    const files = [...boxes(bytes)];
    const metas = files.filter(({ type }) => type === 'meta').map(({ body }) => body);
    // A film beside the picture: which of the two is shown depends on the decoder.
    if (files.some(({ type }) => type === 'moov')) return 'animated';
    const meta = metas[0] ?? broken();
    const properties = box(box(meta.subarray(4), 'iprp') ?? broken(), 'ipco') ?? broken();
    let width = 0;
    let height = 0;
    // Also tiles, depth and transparency have sizes; none is larger than the picture.
    for (const { type, body } of boxes(properties)) {
      if (type !== 'ispe') continue;
      width = Math.max(width, view(body).getUint32(4));
      height = Math.max(height, view(body).getUint32(8));
    }
    const scans = countFrames(bytes, metas);
    return header('avif', width, height, { scans, bytesPerPixel: 42 });
  },
};

function box(bytes: Uint8Array, type: string): Uint8Array | undefined {
  for (const found of boxes(bytes)) if (found.type === type) return found.body;
  return undefined;
}

import { AppError } from '../lib/errors.ts';
import { formatNumber } from '../lib/format-number.ts';
import { readAvif, readJpeg, readPng, readWebp } from './image-headers.ts';

/** The four kinds a product's picture may be. */
export type ImageKind = 'jpeg' | 'png' | 'webp' | 'avif';

/** What a picture's first bytes say. Width and height are as stored, before `orientation` turns them. */
export interface ImageHeader {
  kind: ImageKind;
  width: number;
  height: number;
  /** How to turn it, as EXIF counts: 1 is upright, 3 on its head, 6 and 8 on a side, the even four mirrored. */
  orientation: number;
  /** Inks and not lights: cyan, magenta, yellow and black, as printers' JPGs have. */
  cmyk: boolean;
  /** How many times a decoder works through a picture: a progressive JPG has about ten scans, an AVIF a frame a tile. */
  scans: number;
  /** What decoding it takes in memory for each of its pixels, measured. */
  bytesPerPixel: number;
}

export const IMAGE_MAX_BYTES = 5 * 1_048_576;
/** What one decoder may take: an isolate has 128 MiB for everything. */
const MEMORY_BYTES = 88_000_000;
/** Beyond this no camera goes, and no more is worth the time it takes. */
const MAX_PIXELS = 50_000_000;
const MAX_SIDE = 12_000;
/** A scan of nothing is 30 bytes in the file and passes over every pixel: together no more than takes a second. */
const MAX_SCANNED_PIXELS = 600_000_000;
const MAX_SCANS = 100;
/** A frame of nothing is 100 bytes; how many pixels it has is known when it is decoded. */
const MAX_FRAMES = 16;

const NOT_AN_IMAGE = 'Only JPG, PNG, WebP, and AVIF images are allowed.';
const TOO_LARGE = 'Image too large. Maximum size is 5 MB.';
const BROKEN = 'This image is damaged and cannot be read. Save it again, or choose another one.';

const NAMES = { jpeg: 'JPG', png: 'PNG', webp: 'WebP', avif: 'AVIF' } as const;

/** The refusal of an upload, at the form's field `image`. */
export function imageRefused(message: string): AppError {
  return new AppError('validation', message, [{ path: 'image', message }]);
}

export const brokenImage = () => imageRefused(BROKEN);

/**
 * Recognises an uploaded picture by its bytes, whatever its name, and reads its size without decoding it.
 * @throws AppError `validation` at `image`: empty, over 5 MB, no JPG, PNG, WebP or AVIF, animated, damaged, or of more
 * pixels, scans or frames than can be decoded in the memory and the second there is; the message names the limit.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  if (bytes.length > IMAGE_MAX_BYTES) throw imageRefused(TOO_LARGE);
  const read = [readJpeg, readPng, readWebp, readAvif].find(({ isIt }) => isIt(bytes))?.read;
  if (!read) throw imageRefused(NOT_AN_IMAGE);
  const header = readSafely(read, bytes);
  checkSize(header);
  checkScans(header);
  return header;
}

function readSafely(
  read: (bytes: Uint8Array) => ImageHeader | 'animated',
  bytes: Uint8Array,
): ImageHeader {
  try {
    const header = read(bytes);
    if (header !== 'animated') return header;
  } catch (error) {
    // What a file says about itself may lead anywhere: outside of it there is nothing to read.
    if (error instanceof RangeError) throw brokenImage();
    throw error;
  }
  throw imageRefused('Animated images are not allowed. Choose one that stands still.');
}

function checkSize({ kind, width, height, bytesPerPixel }: ImageHeader): void {
  if (width === 0 || height === 0) throw brokenImage();
  const most = Math.min(MAX_PIXELS, MEMORY_BYTES / bytesPerPixel);
  if (width * height <= most && Math.max(width, height) <= MAX_SIDE) return;
  const limit =
    width * height > most
      ? `${(Math.floor(most / 100_000) / 10).toFixed(1)} million pixels`
      : `${formatNumber(MAX_SIDE)} pixels a side`;
  const size = `${formatNumber(width)} × ${formatNumber(height)}`;
  throw imageRefused(
    `This image has ${size} pixels. A ${NAMES[kind]} like it may have at most ${limit}: make it smaller` +
      `${kind === 'jpeg' ? '.' : ', or save it as a JPG.'}`,
  );
}

function checkScans({ kind, width, height, scans }: ImageHeader): void {
  if (kind === 'avif') {
    if (scans <= MAX_FRAMES) return;
    throw imageRefused(
      `This image is made of ${formatNumber(scans)} frames. An AVIF may have at most ${MAX_FRAMES}: save it as a JPG.`,
    );
  }
  const most = Math.min(MAX_SCANS, Math.floor(MAX_SCANNED_PIXELS / (width * height)));
  if (scans <= most) return;
  throw imageRefused(
    `This image has ${formatNumber(scans)} scans. A JPG of its size may have at most ${most}: save it again, not as a progressive one.`,
  );
}

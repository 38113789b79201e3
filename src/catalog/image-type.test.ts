import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { colourByColour, frameBomb, scanBomb } from '../../test/image-bombs.ts';
import { AppError } from '../lib/errors.ts';
import { IMAGE_MAX_BYTES, readImageHeader } from './image-type.ts';

const NOT_AN_IMAGE = 'Only JPG, PNG, WebP, and AVIF images are allowed.';
const BROKEN = /^This image is damaged/u;

function picture(width = 40, height = 30, channels: 3 | 4 = 3): Sharp {
  return sharp({ create: { width, height, channels, background: '#c40' } });
}

const bytesOf = async (image: Sharp) => new Uint8Array(await image.toBuffer());
const textBytes = (text: string) => new TextEncoder().encode(text);

function refusal(bytes: Uint8Array): string {
  try {
    return `taken as ${readImageHeader(bytes).kind}`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.fields).toEqual([{ path: 'image', message: error.message }]);
    return error.message;
  }
}

describe('a picture is known by its bytes', () => {
  it.each([
    ['jpeg', () => picture().jpeg()],
    ['jpeg', () => picture().jpeg({ progressive: true })],
    ['jpeg', () => picture().withMetadata({ density: 300 }).jpeg()],
    ['png', () => picture().png()],
    ['png', () => picture().png({ palette: true, progressive: true })],
    ['png', () => picture().toColourspace('rgb16').png()],
    ['webp', () => picture().webp()],
    ['webp', () => picture().webp({ lossless: true })],
    ['webp', () => picture(40, 30, 4).ensureAlpha(0.5).webp()],
    ['avif', () => picture().avif({ effort: 0 })],
    ['avif', () => picture(40, 30, 4).ensureAlpha(0.5).avif({ effort: 0 })],
  ])('%s', async (kind, make) => {
    const header = readImageHeader(await bytesOf(make()));
    expect(header).toMatchObject({ kind, width: 40, height: 30, orientation: 1, cmyk: false });
  });

  it('however small', async () => {
    for (const kind of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const bytes = await bytesOf(picture(1, 1).toFormat(kind));
      expect(readImageHeader(bytes)).toMatchObject({ kind, width: 1, height: 1 });
    }
  });

  it('with the way it is to be turned, and its colours', async () => {
    for (let orientation = 1; orientation <= 8; orientation += 1) {
      const bytes = await bytesOf(picture().withMetadata({ orientation }).jpeg());
      expect(readImageHeader(bytes)).toMatchObject({ width: 40, height: 30, orientation });
    }
    const printed = await bytesOf(picture().toColourspace('cmyk').jpeg());
    expect(readImageHeader(printed)).toMatchObject({ cmyk: true });
  });
});

describe('anything else is refused', () => {
  it.each([
    ['nothing', textBytes('')],
    ['one byte', Uint8Array.of(0xff)],
    ['a page called .png', textBytes('<!doctype html><script>alert(1)</script>')],
    ['an SVG', textBytes('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['a PDF', textBytes('%PDF-1.7 ...')],
    ['a HEIC', textBytes('\0\0\0\u0018ftypheic\0\0\0\0mif1heic')],
    ['a film', textBytes('\0\0\0\u0018ftypisom\0\0\0\0isommp42')],
    ['a sound in RIFF', textBytes('RIFF\0\0\0\0WAVEfmt ')],
  ])('%s', (_name, bytes) => {
    expect(refusal(bytes)).toBe(NOT_AN_IMAGE);
  });

  it('a GIF and a TIFF', async () => {
    expect(refusal(await bytesOf(picture().gif()))).toBe(NOT_AN_IMAGE);
    expect(refusal(await bytesOf(picture().tiff()))).toBe(NOT_AN_IMAGE);
  });

  it('what moves', async () => {
    const frames = { raw: { width: 8, height: 16, channels: 3 as const, pageHeight: 8 } };
    const pixels = Buffer.alloc(8 * 16 * 3).fill(200, 0, 8 * 8 * 3);
    const moving = await bytesOf(sharp(pixels, frames).webp({ loop: 0, delay: [100, 100] }));
    expect(refusal(moving)).toMatch(/^Animated images are not allowed/u);
  });

  it('more than 5 MB, before anything of it is read', () => {
    expect(refusal(new Uint8Array(IMAGE_MAX_BYTES + 1))).toBe(
      'Image too large. Maximum size is 5 MB.',
    );
    expect(refusal(new Uint8Array(IMAGE_MAX_BYTES))).toBe(NOT_AN_IMAGE);
  });
});

describe('damage', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('in the head of a %s', async (kind) => {
    const whole = await bytesOf(picture().toFormat(kind));
    for (let length = 0; length < Math.min(whole.length, 400); length += 1) {
      const said = refusal(whole.subarray(0, length));
      expect(said === NOT_AN_IMAGE || BROKEN.test(said) || said === `taken as ${kind}`).toBe(true);
    }
    for (let at = 12; at < Math.min(whole.length, 400); at += 1) {
      for (const value of [0, 0x7f, 0xff]) {
        const bent = Uint8Array.from(whole);
        bent[at] = value;
        expect(refusal(bent)).toEqual(expect.any(String));
      }
    }
  });

  it('of 5 MB is found out at once', () => {
    const endless = new Uint8Array(IMAGE_MAX_BYTES).fill(0xff);
    endless[1] = 0xd8;
    expect(refusal(endless)).toMatch(BROKEN);
    const emptySegments = new Uint8Array(IMAGE_MAX_BYTES);
    for (let at = 0; at < emptySegments.length; at += 4) emptySegments.set([0xff, 0xe5, 0, 2], at);
    emptySegments.set([0xff, 0xd8, 0xff, 0xd8]);
    expect(refusal(emptySegments)).toMatch(BROKEN);
  });
});

describe('more pixels than there is memory for', () => {
  async function png(width: number, height: number, bits = 8): Promise<Uint8Array> {
    const bytes = await bytesOf(picture(1, 1).png());
    const data = new DataView(bytes.buffer);
    data.setUint32(16, width);
    data.setUint32(20, height);
    data.setUint8(24, bits);
    return bytes;
  }

  it('are refused with the limit', async () => {
    expect(refusal(await png(30_000, 30_000))).toBe(
      'This image has 30,000 × 30,000 pixels. A PNG like it may have at most 8.3 million pixels: ' +
        'make it smaller, or save it as a JPG.',
    );
    expect(refusal(await png(2800, 2900))).toBe('taken as png');
    expect(refusal(await png(2800, 2900, 16))).toContain('at most 4.6 million pixels');
    expect(refusal(await png(12_001, 1))).toContain('at most 12,000 pixels a side');
    expect(refusal(await png(0, 10))).toMatch(BROKEN);
    const wide = (height: number) => picture(1920, height).avif({ effort: 0 });
    expect(refusal(await bytesOf(wide(1080)))).toBe('taken as avif');
    expect(refusal(await bytesOf(wide(1100)))).toContain('at most 2.0 million pixels');
  });

  it("take a phone's photograph, and more where lines are decoded one by one", async () => {
    const photo = picture(4032, 3024);
    expect(refusal(await bytesOf(photo.clone().jpeg()))).toBe('taken as jpeg');
    expect(refusal(await bytesOf(photo.clone().jpeg({ progressive: true })))).toBe('taken as jpeg');
    expect(refusal(await bytesOf(picture(7000, 7000).jpeg()))).toBe('taken as jpeg');
    expect(refusal(await bytesOf(picture(7000, 7000).jpeg({ progressive: true })))).toMatch(
      /A JPG like it may have at most 12.5 million pixels: make it smaller\.$/u,
    );
  });
});

describe('scans and frames that a decoder would work through one after the other', () => {
  it('are counted, and bounded with the pixels each of them passes over', () => {
    expect(refusal(scanBomb(800, 800, 100))).toBe('taken as jpeg');
    expect(refusal(scanBomb(800, 800, 101))).toBe(
      'This image has 101 scans. A JPG of its size may have at most 100: save it again, not as a progressive one.',
    );
    expect(refusal(scanBomb(5400, 5400, 20))).toBe('taken as jpeg');
    expect(refusal(scanBomb(5400, 5400, 21))).toContain(
      'has 21 scans. A JPG of its size may have at most 20',
    );
    expect(refusal(scanBomb(64, 64, 40_000))).toContain('has 40,000 scans');
  });

  it('are about ten of what programs save', async () => {
    const bytes = await bytesOf(picture().jpeg({ progressive: true, optimiseScans: true }));
    const { scans } = readImageHeader(bytes);
    expect(scans).toBeGreaterThan(1);
    expect(scans).toBeLessThan(20);
    expect(readImageHeader(await bytesOf(picture().jpeg())).scans).toBe(1);
  });

  it('do not hide behind markers without a length, restarts or fill bytes', () => {
    for (const between of [[0xff, 0x01], [0xff, 0xd3], [0xff], [0xff, 0x01, 0xff, 0xff]]) {
      expect(refusal(scanBomb(800, 800, 101, between))).toContain('has 101 scans');
    }
  });

  it('need memory for all of the picture, progressive or not', () => {
    expect(readImageHeader(colourByColour(3000, 3000))).toMatchObject({ scans: 3 });
    expect(refusal(colourByColour(7000, 7000))).toContain('at most 12.5 million pixels');
  });

  it('of an AVIF are as many as tiles may be', async () => {
    expect(readImageHeader(await frameBomb(640, 360, 1)).scans).toBe(1);
    expect(refusal(await frameBomb(640, 360, 16))).toBe('taken as avif');
    expect(refusal(await frameBomb(640, 360, 17))).toBe(
      'This image is made of 17 frames. An AVIF may have at most 16: save it as a JPG.',
    );
    const seeThrough = picture(40, 30, 4).ensureAlpha(0.5).avif({ effort: 0 });
    expect(readImageHeader(await bytesOf(seeThrough)).scans).toBe(2);
  });

  it('of an AVIF are not hidden in a film beside the picture', async () => {
    const film = Buffer.concat([await frameBomb(640, 360, 1), textBytes('\0\0\0\u0008moov')]);
    expect(refusal(new Uint8Array(film))).toMatch(/^Animated images are not allowed/u);
  });
});

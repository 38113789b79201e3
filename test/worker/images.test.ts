import { deflateSync } from 'node:zlib';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { blackLines, blackPng, pngChunk, scanBomb, withEmptyBlocks } from '../image-bombs.ts';
import { server, url } from '../server.ts';

type Files = Record<'96' | '320' | '640', Uint8Array>;
type Resized = { ok: true; files: Files } | { ok: false; message: string };
interface Bindings {
  IMAGES: {
    put(key: string, bytes: Uint8Array): Promise<unknown>;
    delete(key: string): Promise<void>;
  };
  IMAGE_RESIZING: {
    getByName(name: string): { resize(bytes: Uint8Array): Promise<Resized> };
  };
}

let env: Bindings;
beforeAll(async () => {
  env = await server.getWorker<Bindings>().getEnv();
});

const bytesOf = async (image: Sharp) => new Uint8Array(await image.toBuffer());
const resize = (bytes: Uint8Array) => env.IMAGE_RESIZING.getByName('test').resize(bytes);

async function resized(bytes: Uint8Array): Promise<Files> {
  const result = await resize(bytes);
  if (!result.ok) throw new Error(result.message);
  return result.files;
}

const BROKEN = expect.stringMatching(/^This image is damaged/u);

/** Four corners of four colours on a picture that is wider than high. */
function corners(width = 1200, height = 750): Sharp {
  const quarter = (x: number, y: number, color: string) =>
    `<rect x="${x}%" y="${y}%" width="50%" height="50%" fill="${color}"/>`;
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
        `${quarter(0, 0, '#e02020')}${quarter(50, 0, '#20c020')}` +
        `${quarter(0, 50, '#2020e0')}${quarter(50, 50, '#f0f0f0')}</svg>`,
    ),
  );
}

/** Green in the middle, nothing around it. */
const WINDOW =
  '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><circle cx="200" cy="200" r="70" fill="#20e020"/></svg>';

/** What is in the middle of each quarter: red, green, blue, alpha. */
async function quarters(file: Uint8Array): Promise<number[][]> {
  const { data, info } = await sharp(file)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => {
      const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 4;
      return [...data.subarray(at, at + 4)];
    }),
  );
}

/** The same colours, as far as lossy formats keep them. */
function expectAlike(found: number[][], wanted: number[][], within = 12): void {
  const difference = found.flat().map((value, n) => Math.abs(value - (wanted.flat()[n] ?? 0)));
  expect(Math.max(...difference)).toBeLessThanOrEqual(within);
}

describe('the sizes of a picture', () => {
  it.each([
    ['a JPG', () => corners().flatten().jpeg()],
    ['a progressive JPG', () => corners().flatten().jpeg({ progressive: true })],
    ['a grey JPG', () => corners().flatten().greyscale().jpeg()],
    ['a PNG', () => corners().png()],
    ['an interlaced PNG', () => corners().png({ progressive: true })],
    ['a PNG with a palette', () => corners().png({ palette: true })],
    ['a PNG of 16 bits', () => corners().toColourspace('rgb16').png()],
    ['a WebP', () => corners().webp()],
    ['a WebP without loss', () => corners().webp({ lossless: true })],
    ['an AVIF', () => corners().avif({ effort: 0 })],
    ['an AVIF of 10 bits', () => corners().avif({ effort: 0, bitdepth: 10 })],
  ])('%s comes as WebP in three sizes', async (_name, make) => {
    const bytes = await bytesOf(make());
    const files = await resized(bytes);
    const wanted = await quarters(bytes);
    for (const [side, height] of [
      [96, 60],
      [320, 200],
      [640, 400],
    ] as const) {
      const file = files[`${side}`];
      expect(await sharp(file).metadata()).toMatchObject({ format: 'webp', width: side, height });
      expectAlike(await quarters(file), wanted);
    }
  });

  it('are never larger than it is', async () => {
    const small = await resized(await bytesOf(corners(200, 100).png()));
    expect(await sizes(small)).toEqual(['96x48', '200x100', '200x100']);
    const dot = await resized(await bytesOf(corners(1, 1).png()));
    expect(await sizes(dot)).toEqual(['1x1', '1x1', '1x1']);
    const line = await resized(await bytesOf(corners(3, 4000).png()));
    expect(await sizes(line)).toEqual(['1x96', '1x320', '1x640']);
  });

  it('stay transparent, and what cannot be seen colours nothing', async () => {
    const hidden = sharp(Buffer.alloc(400 * 400 * 4, Buffer.from([255, 0, 255, 0])), {
      raw: { width: 400, height: 400, channels: 4 },
    });
    const window = { input: Buffer.from(WINDOW), blend: 'over' as const };
    const files = await resized(await bytesOf(hidden.composite([window]).png()));
    for (const [, , , alpha] of await quarters(files[320])) expect(alpha).toBe(0);
    const edge = await sharp(files[96]).ensureAlpha().raw().toBuffer();
    for (let at = 0; at < edge.length; at += 4) {
      if ((edge[at + 3] ?? 0) > 60) expect(edge[at + 1]).toBeGreaterThan(150);
    }
    const half = await resized(
      await bytesOf(corners(400, 400).removeAlpha().ensureAlpha(0.5).webp()),
    );
    for (const [, , , alpha] of await quarters(half[96])) expect(alpha).toBeCloseTo(128, -1);
  });

  it('stand upright, however the camera was held', async () => {
    for (let orientation = 1; orientation <= 8; orientation += 1) {
      const bytes = await bytesOf(corners().flatten().withMetadata({ orientation }).jpeg());
      const upright = await bytesOf(sharp(bytes).autoOrient().png());
      const file = (await resized(bytes))[320];
      const { width, height } = await sharp(file).metadata();
      expect([width, height]).toEqual(orientation < 5 ? [320, 200] : [200, 320]);
      expectAlike(await quarters(file), await quarters(upright));
    }
  });

  it('have the colours of a picture for print', async () => {
    const printed = await bytesOf(corners().flatten().toColourspace('cmyk').jpeg());
    const found = await quarters((await resized(printed))[640]);
    // A profile would say exactly; without one the colours are near.
    expectAlike(found, await quarters(await bytesOf(corners().png())), 90);
  });

  it('say nothing about where and by whom it was taken', async () => {
    const exif = {
      IFD0: { Artist: 'Secret Photographer', Copyright: 'Secret Owner' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '45/1 31/1 0/1' },
    };
    const image = corners().flatten().withExif(exif).withIccProfile('p3');
    for (const make of [image.clone().jpeg(), image.clone().webp(), image.clone().png()]) {
      const bytes = await bytesOf(make);
      expect((await sharp(bytes).metadata()).exif?.length).toBeGreaterThan(0);
      const file = (await resized(bytes))[640];
      const { exif: kept, icc, xmp }: Metadata = await sharp(file).metadata();
      expect([kept, icc, xmp]).toEqual([undefined, undefined, undefined]);
      expect(Buffer.from(file).includes('Secret')).toBe(false);
    }
  });

  it("are made of a phone's photograph of twelve million pixels", async () => {
    const files = await resized(await bytesOf(corners(4032, 3024).flatten().jpeg()));
    expect(await sizes(files)).toEqual(['96x72', '320x240', '640x480']);
  });

  it('are made of many pictures at once, good and bad, of several companies', async () => {
    const good = await bytesOf(corners().flatten().jpeg());
    const bad = good.subarray(0, 5000);
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        env.IMAGE_RESIZING.getByName(`company ${n % 3}`).resize(n % 4 === 3 ? bad : good),
      ),
    );
    expect(results.map(({ ok }) => ok)).toEqual(results.map((_, n) => n % 4 !== 3));
  });
});

async function sizes(files: Files): Promise<string[]> {
  const all = [files[96], files[320], files[640]].map((file) => sharp(file).metadata());
  return (await Promise.all(all)).map(({ width, height }) => `${width}x${height}`);
}

describe('a damaged picture', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    '%s is refused, the next one not',
    async (kind) => {
      const whole = await bytesOf(corners().toFormat(kind));
      for (const part of [0.3, 0.6, 0.95]) {
        const cut = whole.subarray(0, Math.floor(whole.length * part));
        expect(await resize(cut)).toEqual({ ok: false, message: BROKEN });
      }
      const bent = Uint8Array.from(whole, (byte, n) =>
        n > 400 && n % 7 === 0 ? byte ^ 0xa5 : byte,
      );
      await resize(bent);
      expect(await resize(whole)).toMatchObject({ ok: true });
    },
  );

  it('in more scans than any program writes is refused', async () => {
    const message = expect.stringMatching(/^This image has 400 scans/u);
    expect(await resize(scanBomb(1200, 800, 400))).toEqual({ ok: false, message });
    expect(await resize(scanBomb(1200, 800, 100))).toMatchObject({ ok: true });
  });

  it('is not one that has its data in hundreds of thousands of empty chunks beside it', async () => {
    const small = await bytesOf(corners(8, 8).png());
    const empty = pngChunk('IDAT');
    const end = small.length - 12;
    const many = Buffer.concat([
      small.subarray(0, end),
      ...Array.from({ length: 400_000 }, () => empty),
      small.subarray(end),
    ]);
    expect(await resize(many)).toMatchObject({ ok: true });
  });

  it.each(['stored', 'fixed', 'dynamic'] as const)(
    'in more %s blocks than any program writes is refused',
    async (kind) => {
      const message = expect.stringMatching(
        /^This image is compressed in more than 10,000 blocks/u,
      );
      const withBlocks = (count: number) =>
        blackPng(8, 8, { zlib: withEmptyBlocks(blackLines(8, 8), kind, count) });
      expect(await resize(withBlocks(400_000))).toEqual({ ok: false, message });
      expect(await resize(withBlocks(10_000))).toEqual({ ok: false, message });
      expect(await resize(withBlocks(9992))).toMatchObject({ ok: true });
    },
  );

  it('is not one with a colour profile too large to unpack, as profiles are left out', async () => {
    const profile = pngChunk(
      'iCCP',
      Buffer.concat([Buffer.from('huge\0\0'), deflateSync(Buffer.alloc(20_000_000))]),
    );
    const bomb = blackPng(8, 8, { chunks: Array.from({ length: 200 }, () => profile) });
    expect(await resize(bomb)).toMatchObject({ ok: true });
  });

  it('that unpacks to more than it shows is refused', async () => {
    const small = await bytesOf(corners(8, 8).png());
    const bomb = Buffer.concat([
      small.subarray(0, 33),
      pngChunk('IDAT', deflateSync(Buffer.alloc(500_000_000))),
      pngChunk('IEND'),
    ]);
    expect(await resize(bomb)).toEqual({ ok: false, message: BROKEN });
  });

  it('that is larger inside than it says is refused', async () => {
    const bytes = Buffer.from(await bytesOf(corners(5000, 5000).avif({ effort: 0, quality: 1 })));
    for (let at = bytes.indexOf('ispe'); at > 0; at = bytes.indexOf('ispe', at + 1)) {
      bytes.writeUInt32BE(16, at + 8);
      bytes.writeUInt32BE(16, at + 12);
    }
    expect(await resize(bytes)).toEqual({ ok: false, message: BROKEN });
    const webp = Buffer.from(
      await bytesOf(corners(3000, 3000).removeAlpha().ensureAlpha(0.5).webp()),
    );
    webp.writeUIntLE(15, 24, 3);
    webp.writeUIntLE(15, 27, 3);
    expect(await resize(webp)).toEqual({ ok: false, message: BROKEN });
  });
});

describe('the address of a picture', () => {
  const id = newId('image');
  const address = new URL(`/images/${id}/320.webp`, url);
  const bytes = Buffer.from('RIFF____WEBP: what was stored');

  beforeAll(async () => {
    await env.IMAGES.put(`images/${id}/320.webp`, bytes);
  });

  it('answers everybody, for good, and as a picture only', async () => {
    const response = await fetch(address);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'content-length': String(bytes.length),
      etag: expect.stringMatching(/^"[0-9a-f]+"$/u),
    });
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('answers 304 to whoever has it, and HEAD without it', async () => {
    const head = await fetch(address, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(bytes.length));
    const etag = head.headers.get('etag') ?? '';
    const known = await fetch(address, { headers: { 'If-None-Match': etag } });
    expect([known.status, await known.text()]).toEqual([304, '']);
    expect(known.headers.get('cache-control')).toContain('immutable');
    const other = await fetch(address, { headers: { 'If-None-Match': '"other"' } });
    expect(other.status).toBe(200);
  });

  it.each([
    `/images/${id}/321.webp`,
    `/images/${id}/96.webp`,
    `/images/${id}/320`,
    `/images/${id}/320.webp/`,
    `/images/${id}/`,
    `/images/${newId('image')}/320.webp`,
    `/images/${newId('product')}/320.webp`,
    `/images/..%2f${id}/320.webp`,
    '/images/%00/320.webp',
  ])('%s is none', async (path) => {
    const response = await fetch(new URL(path, url));
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control') ?? '').not.toContain('immutable');
  });

  it('is gone when the picture is', async () => {
    await env.IMAGES.delete(`images/${id}/320.webp`);
    expect((await fetch(address)).status).toBe(404);
  });
});

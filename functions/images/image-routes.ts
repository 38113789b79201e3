import { Hono } from 'hono';
import { idFrom } from '#db/ids.ts';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../app-env.ts';
import { imageKey, IMAGE_SIZES } from '#src/catalog/image-sizes.ts';

const HEADERS = {
  'Content-Type': 'image/webp',
  'Cache-Control': 'public, max-age=31536000, immutable',
  // Opened by itself, too, it is a picture and nothing else.
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Pictures of products. Whoever has an address may look: a catalogue is no secret, and an id holds 74 random bits, which
 * nobody guesses. So browsers may keep them for good, and nobody's session or the database is asked.
 */
export const images = new Hono<AppEnv>().get('/images/:image/:file', async (c) => {
  const size = IMAGE_SIZES.find((known) => c.req.param('file') === `${known}.webp`);
  const object =
    size &&
    (await c.env.IMAGES.get(imageKey(idFrom('image', c.req.param('image')), size), {
      onlyIf: c.req.raw.headers,
    }));
  if (!object) throw new AppError('not_found', 'There is no image at this address.');
  const headers = { ...HEADERS, ETag: object.httpEtag };
  if (!('body' in object)) return c.body(null, 304, headers);
  return c.body(object.body, 200, { ...headers, 'Content-Length': String(object.size) });
});

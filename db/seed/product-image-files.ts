import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import sharp from 'sharp';
import { imageKey, IMAGE_SIZES, type ImageSize } from '#src/catalog/image-sizes.ts';
import type { Id } from '../ids.ts';
import { drawProduct } from './product-image.ts';

interface DemoImage {
  id: Id<'image'>;
  category: string;
  name: string;
}

type Files = [size: ImageSize, file: Buffer][];

/** A Worker with nothing but the bucket, where wrangler keeps it below the directory it is started with. */
const bucketIn = (stateDir: string) =>
  new Miniflare({
    resourcePersistencePath: join(stateDir, 'v3'),
    workers: [
      {
        config: {
          name: 'images',
          compatibilityDate: '2026-10-06',
          manifest: {
            mainModule: 'empty.mjs',
            modulesRoot: stateDir,
            modules: { 'empty.mjs': { type: 'esm', contents: 'export default {}' } },
          },
          env: { IMAGES: { type: 'r2', name: 'distribu-images' } },
        },
      },
    ],
  });

/**
 * Draws demo products and puts their pictures into the local bucket, as uploads would be: from then on they are
 * replaced and deleted as any other. Call it before the products are written, so that none is ever without its picture,
 * and before the Worker is started. What is there already is overwritten.
 * @param stateDir as the Worker is given it (`WorkerOptions.stateDir`)
 */
export async function storeDemoImages(stateDir: string, images: DemoImage[]): Promise<void> {
  const drawn = new Map<string, Promise<Files>>();
  for (const { category, name } of images) {
    const svg = drawProduct(category, name);
    if (!drawn.has(svg)) drawn.set(svg, render(svg));
  }
  const miniflare = bucketIn(stateDir);
  try {
    const bucket = await miniflare.getR2Bucket('IMAGES');
    for (const { id, category, name } of images) {
      const files = (await drawn.get(drawProduct(category, name))) ?? [];
      await Promise.all(files.map(([size, file]) => bucket.put(imageKey(id, size), file)));
    }
  } finally {
    await miniflare.dispose();
  }
}

function render(svg: string): Promise<Files> {
  const drawing = sharp(Buffer.from(svg));
  return Promise.all(
    IMAGE_SIZES.map(async (size): Promise<Files[number]> => {
      return [size, await drawing.clone().resize(size).webp({ quality: 82 }).toBuffer()];
    }),
  );
}

import webpModule from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import { initEmscriptenModule } from '@jsquash/webp/utils.js';
import { readImageHeader } from '#src/catalog/image-type.ts';
import { decodeImage, type Decoders, type Pixels } from './decode-image.ts';
import type { ImageSize } from '#src/catalog/image-sizes.ts';
import { fitInto, shrink } from './shrink.ts';
import { turnUpright } from './turn-upright.ts';

export type ImageFiles = Record<ImageSize, Uint8Array>;

/** Good enough that nobody sees it: some 40 KB for the largest photograph. */
const QUALITY = 82;
/** Pixels for each that the largest size has, on a side: what is averaged is sharper than what is taken over. */
const DETAIL = 2;

/**
 * Makes WebP files of an uploaded picture, one for each size the pages use; never enlarged, transparency kept. They are
 * encoded from pixels alone: EXIF with its place and camera, colour profiles and whatever else was in the file are gone.
 * How the compiled modules are come by differs in workerd and in Node.
 */
export function imageResizerWith(modules: {
  decoders: Decoders;
  encoder: WebAssembly.Module;
}): (bytes: Uint8Array) => Promise<ImageFiles> {
  const encoder = initEmscriptenModule(webpModule, modules.encoder);

  async function encode({ data, width, height }: Pixels): Promise<Uint8Array> {
    const { encode: run } = await encoder;
    const file = run(data as Uint8Array<ArrayBuffer>, width, height, {
      ...defaultOptions,
      quality: QUALITY,
    });
    if (!file) throw new Error('The WebP encoder failed.');
    return file;
  }

  return async (bytes) => {
    const header = readImageHeader(bytes);
    const decoded = await decodeImage(modules.decoders, bytes, header, 640 * DETAIL);
    const largest = shrink(decoded, fitInto(decoded, 640));
    const upright = turnUpright(largest, header.orientation);
    const encodeAt = (size: ImageSize) => encode(shrink(upright, fitInto(upright, size)));
    return { 640: await encode(upright), 320: await encodeAt(320), 96: await encodeAt(96) };
  };
}

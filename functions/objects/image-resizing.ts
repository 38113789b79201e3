import jpeg from '@cwasm/jpeg-turbo/jpeg-turbo.wasm';
import png from '@cwasm/lodepng/lodepng.wasm';
import webp from '@cwasm/webp/webp.wasm';
import avif from '@jsquash/avif/codec/dec/avif_dec.wasm';
import encoder from '@jsquash/webp/codec/enc/webp_enc_simd.wasm';
import { DurableObject } from 'cloudflare:workers';
import { AppError } from '#src/lib/errors.ts';
import { type ImageFiles, imageResizerWith } from '../images/resize-image.ts';

type ResizeResult =
  | { ok: true; files: ImageFiles }
  /** No picture we can take; errors lose what they are on the way between objects. */
  | { ok: false; message: string };

let resizer: ReturnType<typeof imageResizerWith> | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Where uploaded pictures are decoded and made smaller: that takes up to a second, which would hold up every page of a
 * thread, and most of an isolate's memory, so of those that share one, one picture is worked on at a time. It keeps
 * nothing.
 */
export class ImageResizing extends DurableObject<Env> {
  async resize(bytes: Uint8Array): Promise<ResizeResult> {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    try {
      resizer ??= imageResizerWith({ decoders: { jpeg, png, webp, avif }, encoder });
      return { ok: true, files: await resizer(bytes) };
    } catch (error) {
      if (error instanceof AppError) return { ok: false, message: error.message };
      throw error;
    } finally {
      resolve();
    }
  }
}

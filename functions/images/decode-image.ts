import avifModule from '@jsquash/avif/codec/dec/avif_dec.js';
import { initEmscriptenModule } from '@jsquash/avif/utils.js';
import { brokenImage, type ImageHeader } from '#src/catalog/image-type.ts';
import { checkPngData } from './check-png-data.ts';
import { pngWithoutExtras } from './png-chunks.ts';

/** RGBA, a byte each, line by line from the top left; colours are not multiplied with alpha. */
export interface Pixels {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
}

/** The decoders, compiled. */
export type Decoders = Record<ImageHeader['kind'], WebAssembly.Module>;

/**
 * Decodes a picture; a JPG no larger than `detail` pixels on its longer side needs. Pixels may lie in the decoder's own
 * memory: a copy would double what the largest pictures take. Every picture has an instance of its own, so that its
 * memory is given back with it (WebAssembly's never shrinks), and so is whatever a hostile file may have done to it.
 * @throws AppError `validation` at `image` if the file is damaged
 */
export async function decodeImage(
  decoders: Decoders,
  bytes: Uint8Array,
  header: ImageHeader,
  detail: number,
): Promise<Pixels> {
  const module = decoders[header.kind];
  switch (header.kind) {
    case 'jpeg':
      return decodeJpeg(module, bytes, header, detail);
    case 'png':
      await checkPngData(bytes, header);
      return decodePng(module, pngWithoutExtras(bytes));
    case 'webp':
      return decodeWebp(module, bytes);
    case 'avif':
      return decodeAvif(module, bytes);
  }
}

interface Exports {
  memory: WebAssembly.Memory;
  malloc(bytes: number): number;
}

interface TurboJpeg extends Exports {
  tjInitDecompress(): number;
  tjDecompress2(
    decoder: number,
    input: number,
    length: number,
    output: number,
    width: number,
    pitch: number,
    height: number,
    format: number,
    flags: number,
  ): number;
}

interface LodePng extends Exports {
  lodepng_decode32(
    output: number,
    width: number,
    height: number,
    input: number,
    length: number,
  ): number;
}

interface LibWebp extends Exports {
  WebPDecodeRGBA(input: number, length: number, width: number, height: number): number;
}

const RGBA = 7;
const CMYK = 11;
/** The decoder can make a picture smaller as it goes, by eighths. */
const EIGHTHS = 8;

function decodeJpeg(
  module: WebAssembly.Module,
  bytes: Uint8Array,
  { width, height, cmyk }: ImageHeader,
  detail: number,
): Pixels {
  const wasm = start<TurboJpeg>(module);
  const eighths = Math.min(EIGHTHS, Math.ceil((detail * EIGHTHS) / Math.max(width, height)));
  const scaled = (side: number) => Math.ceil((side * eighths) / EIGHTHS);
  const [w, h] = [scaled(width), scaled(height)];
  const input = give(wasm, bytes);
  const output = wasm.malloc(w * h * 4);
  const failed = unlessItTraps(() =>
    wasm.tjDecompress2(
      wasm.tjInitDecompress(),
      input,
      bytes.length,
      output,
      w,
      w * 4,
      h,
      cmyk ? CMYK : RGBA,
      0,
    ),
  );
  if (failed !== 0) throw brokenImage();
  const data = new Uint8Array(wasm.memory.buffer, output, w * h * 4);
  if (cmyk) inksToLight(data);
  return { data, width: w, height: h };
}

/** Cyan, magenta, yellow and black to RGBA in place. Files have them as Adobe writes them: 255 is no ink. */
function inksToLight(data: Uint8Array): void {
  for (let at = 0; at < data.length; at += 4) {
    const black = data[at + 3] ?? 0;
    for (let n = at; n < at + 3; n += 1) data[n] = ((data[n] ?? 0) * black) / 255;
    data[at + 3] = 255;
  }
}

function decodePng(module: WebAssembly.Module, bytes: Uint8Array): Pixels {
  const wasm = start<LodePng>(module);
  const input = give(wasm, bytes);
  const found = wasm.malloc(12);
  const failed = unlessItTraps(() =>
    wasm.lodepng_decode32(found, found + 4, found + 8, input, bytes.length),
  );
  if (failed !== 0) throw brokenImage();
  const [output = 0, width = 0, height = 0] = new Uint32Array(wasm.memory.buffer, found, 3);
  return { data: new Uint8Array(wasm.memory.buffer, output, width * height * 4), width, height };
}

function decodeWebp(module: WebAssembly.Module, bytes: Uint8Array): Pixels {
  const wasm = start<LibWebp>(module);
  const input = give(wasm, bytes);
  const found = wasm.malloc(8);
  const output = unlessItTraps(() => wasm.WebPDecodeRGBA(input, bytes.length, found, found + 4));
  if (!output) throw brokenImage();
  const [width = 0, height = 0] = new Uint32Array(wasm.memory.buffer, found, 2);
  return { data: new Uint8Array(wasm.memory.buffer, output, width * height * 4), width, height };
}

/** An AVIF's frame may be larger than the file says outside of it: its decoder gets this much, and no more. */
const AVIF_MEMORY_BYTES = 96_000_000;

async function decodeAvif(module: WebAssembly.Module, bytes: Uint8Array): Promise<Pixels> {
  const { decode } = await initEmscriptenModule(avifModule, module, {
    instantiateWasm: (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => void,
    ) => {
      const instance = new WebAssembly.Instance(module, imports);
      for (const value of Object.values(instance.exports)) {
        if (value instanceof WebAssembly.Memory) limit(value, AVIF_MEMORY_BYTES);
      }
      done(instance);
      return instance.exports;
    },
  });
  const pixels = unlessItTraps(() => decode(bytes, 8));
  if (!pixels) throw brokenImage();
  return pixels;
}

/** The glue asks this object for more; a refusal is an allocation that failed. */
function limit(memory: WebAssembly.Memory, bytes: number): void {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * 65_536 > bytes) throw new RangeError('Enough memory.');
    return grow(pages);
  };
}

/** What a C library expects around it. They touch no files, and end with an exception where they would jump. */
function start<E extends Exports>(module: WebAssembly.Module): E {
  const stop = () => {
    throw new WebAssembly.RuntimeError('The decoder gave up.');
  };
  const { exports } = new WebAssembly.Instance(module, {
    env: { setjmp: () => 0, longjmp: stop },
    wasi_snapshot_preview1: {
      environ_sizes_get: () => 0,
      environ_get: stop,
      proc_exit: stop,
      fd_close: stop,
      fd_seek: stop,
      fd_write: stop,
    },
  });
  return exports as unknown as E;
}

function give(wasm: Exports, bytes: Uint8Array): number {
  const at = wasm.malloc(bytes.length);
  new Uint8Array(wasm.memory.buffer).set(bytes, at);
  return at;
}

function unlessItTraps<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}

/** A box of an ISO base media file, as AVIF is one. */
export interface Box {
  type: string;
  body: Uint8Array;
}

export const view = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const ascii = (bytes: Uint8Array, at: number, length: number) =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** What a file says about itself is wrong. */
export function broken(): never {
  throw new RangeError('Not as the format has it.');
}

/** The boxes one after the other, without those inside of them. */
export function* boxes(bytes: Uint8Array): Generator<Box> {
  const data = view(bytes);
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = data.getUint32(at) || bytes.length - at;
    if (size < 8) broken();
    yield { type: ascii(bytes, at + 4, 4), body: bytes.subarray(at + 8, at + size) };
    at += size;
  }
}

const SIGNATURE_BYTES = 8;
/** A chunk has its length and type before its data, and a checksum behind. */
const BEFORE_DATA = 8;
const BEHIND_DATA = 4;
const IDAT = 0x49444154;
const IEND = 0x49454e44;
const TRNS = 0x74524e53;
/** The first letter of a type is a small one if pixels can be had without the chunk. */
const ANCILLARY = 0x20000000;

interface Chunk {
  type: number;
  whole: Uint8Array;
}

/** The compressed data in one piece: hundreds of thousands of chunks may have none, or a byte each. */
export function pngData(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  function* pieces() {
    for (const { type, whole } of chunks(bytes)) {
      if (type === IDAT) yield whole.subarray(BEFORE_DATA, -BEHIND_DATA);
    }
  }
  return joined(bytes.length, pieces());
}

/**
 * The PNG with only the chunks its pixels come from: its size, palette, transparency and data. The decoder would unpack
 * every colour profile there is, each to as much as 16 MB, and use none.
 */
export function pngWithoutExtras(bytes: Uint8Array): Uint8Array {
  function* pieces() {
    yield bytes.subarray(0, SIGNATURE_BYTES);
    for (const { type, whole } of chunks(bytes)) {
      if ((type & ANCILLARY) === 0 || type === TRNS) yield whole;
    }
  }
  return joined(bytes.length, pieces());
}

/** The chunks up to the picture's end; where the file ends within one, as much of it as there is. */
function* chunks(bytes: Uint8Array): Generator<Chunk> {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE_BYTES; at + BEFORE_DATA + BEHIND_DATA <= bytes.length;) {
    const type = data.getUint32(at + 4);
    const end = at + BEFORE_DATA + data.getUint32(at) + BEHIND_DATA;
    yield { type, whole: bytes.subarray(at, end) };
    if (type === IEND) break;
    at = end;
  }
}

function joined(most: number, pieces: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(most);
  let length = 0;
  for (const piece of pieces) {
    whole.set(piece, length);
    length += piece.length;
  }
  return whole.subarray(0, length);
}

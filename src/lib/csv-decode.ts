export type TextEncodingName = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';

/** Text of a file and how its bytes were understood; a byte order mark is not part of the text. */
interface DecodedText {
  text: string;
  encoding: TextEncodingName;
}

/**
 * Reads a text file as spreadsheets write it: UTF-8 and UTF-16 with or without a byte order mark, and Windows-1252
 * for whatever is not valid UTF-8. Never throws; lone surrogates and NUL of a UTF-16 file stay in the text, so that
 * they can be reported on their row.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return decodeBytes(bytes.subarray(3));
  if (startsWith(bytes, 0xff, 0xfe)) return decodeUtf16(bytes.subarray(2), 'UTF-16LE');
  if (startsWith(bytes, 0xfe, 0xff)) return decodeUtf16(bytes.subarray(2), 'UTF-16BE');
  const guess = guessUtf16(bytes);
  return guess ? decodeUtf16(bytes, guess) : decodeBytes(bytes);
}

function startsWith(bytes: Uint8Array, ...mark: number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

function decodeBytes(bytes: Uint8Array): DecodedText {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encoding: 'UTF-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' };
  }
}

const SAMPLE_BYTES = 1024;

/** Latin text in UTF-16 has a zero in every other byte; stray NULs in other files fall on both sides. */
function guessUtf16(bytes: Uint8Array): 'UTF-16LE' | 'UTF-16BE' | null {
  const length = Math.min(bytes.length, SAMPLE_BYTES) & ~1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) evenZeros++;
    if (bytes[index + 1] === 0) oddZeros++;
  }
  const many = length * 0.15;
  const few = length * 0.02;
  if (oddZeros > many && evenZeros <= few) return 'UTF-16LE';
  if (evenZeros > many && oddZeros <= few) return 'UTF-16BE';
  return null;
}

const CODE_UNITS_A_CALL = 8192;

/** By hand, because TextDecoder would replace lone surrogates without a word. */
function decodeUtf16(bytes: Uint8Array, encoding: 'UTF-16LE' | 'UTF-16BE'): DecodedText {
  const high = encoding === 'UTF-16LE' ? 1 : 0;
  const units = new Uint16Array(bytes.length >> 1);
  for (let index = 0; index < units.length; index++) {
    const at = index * 2;
    units[index] = ((bytes[at + high] ?? 0) << 8) | (bytes[at + 1 - high] ?? 0);
  }
  let text = '';
  for (let start = 0; start < units.length; start += CODE_UNITS_A_CALL) {
    text += String.fromCharCode(...units.subarray(start, start + CODE_UNITS_A_CALL));
  }
  return { text: bytes.length % 2 ? `${text}\uFFFD` : text, encoding };
}

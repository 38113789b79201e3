/** A short random name for one request or message: 13 letters and digits, 64 bits. Not a secret. */
export function randomId(): string {
  const [bits = 0n] = crypto.getRandomValues(new BigUint64Array(1));
  return bits.toString(36).padStart(13, '0');
}

/**
 * Which of so many shards a text belongs to, always the same one: a fixed number of objects share what strangers name.
 * (FNV-1a, 32 bits.)
 */
export function shardOf(text: string, shards: number): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return String((hash >>> 0) % shards);
}

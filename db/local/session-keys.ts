import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SESSION_KEYS (`kid:base64url of 32 bytes`) for this data directory, made on first use and kept. */
export async function localSessionKeys(dataDir: string): Promise<string> {
  const file = join(dataDir, 'session-keys');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept) return kept.trim();
  const keys = `local:${randomBytes(32).toString('base64url')}`;
  await writeFile(file, `${keys}\n`, { mode: 0o600 });
  return keys;
}

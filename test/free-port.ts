import { randomInt } from 'node:crypto';
import { checkPortIsFree } from '#db/local/dev-options.ts';

/** A port of this machine that nothing uses. The system hands out higher ones, to any connection at any moment. */
export async function freePort(): Promise<number> {
  const port = randomInt(20_000, 32_000);
  return checkPortIsFree(port).then(
    () => port,
    () => freePort(),
  );
}

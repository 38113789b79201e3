import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { StartError } from './start-error.ts';

interface DevOptions {
  port: number;
  dataDir: string;
  /** Unset: the embedded database in `dataDir`. */
  databaseUrl: string | undefined;
  seed: string;
  /** `host:port,…` on this machine that webhooks may be sent to. */
  webhookAllow: string;
}

/**
 * Reads PORT, DATA_DIR, DATABASE_URL, SEED and WEBHOOK_ALLOW.
 * @throws StartError that names the variable that makes no sense.
 */
export function readDevOptions(env: NodeJS.ProcessEnv): DevOptions {
  const port = Number(env['PORT'] || 8787);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartError(`PORT is ${env['PORT']}: it should be a number from 1 to 65535.`);
  }
  const seed = env['SEED'] || 'demo';
  if (!/^(demo|empty|large(:[1-9]\d{0,7})?)$/.test(seed)) {
    throw new StartError(`SEED is ${seed}: it should be demo, empty, large or large:1000000.`);
  }
  return {
    port,
    dataDir: resolve(env['DATA_DIR'] || '.data'),
    databaseUrl: env['DATABASE_URL'] || undefined,
    seed,
    webhookAllow: env['WEBHOOK_ALLOW'] ?? '',
  };
}

/** @throws StartError when another process listens on the port. */
export async function checkPortIsFree(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolvePort, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolvePort);
  }).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EADDRINUSE' ? 'in use' : `not available (${error.message})`;
    throw new StartError(`Port ${port} is ${reason}: stop what uses it or set PORT to another.`);
  });
  await new Promise((closed) => server.close(closed));
}

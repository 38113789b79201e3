import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { unstable_startWorker } from 'wrangler';
import type { WorkerOptions } from './worker.ts';

/** The child of worker.ts: gets WorkerOptions as its first message, ends when the channel closes. */
const closed = once(process, 'disconnect');
// The parent decides when to end, whoever else is told to.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

const MINUTE_MS = 60_000;
// A Worker that has never built cannot be disposed of; leaving ends its runtime as well.
const DISPOSE_TIMEOUT_MS = 5_000;

const [options] = (await once(process, 'message')) as [WorkerOptions];
const worker = await unstable_startWorker({
  config: fileURLToPath(new URL('../../wrangler.toml', import.meta.url)),
  bindings: {
    ...asBindings('plain_text', options.vars),
    ...asBindings('secret_text', options.secrets),
  },
  dev: {
    server: { hostname: '127.0.0.1', port: options.port },
    persist: options.stateDir,
    inspector: false,
    liveReload: false,
    watch: true,
    logLevel: 'error',
    structuredLogsHandler: writeLog,
  },
}).catch((error: Error) => {
  console.error(error.cause instanceof Error ? error.cause.message : error);
  return process.exit(1);
});

// The local runtime has no clock for cron triggers.
const cron = setInterval(() => {
  worker
    .fetch(`http://127.0.0.1:${options.port}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`)
    .catch((error: unknown) => console.error(inspect(error)));
}, MINUTE_MS);

await closed;
clearInterval(cron);
await Promise.race([worker.dispose(), sleep(DISPOSE_TIMEOUT_MS)]);
process.exit(0);

/** The Worker's own lines, as they are. */
function writeLog({ level, message }: { level: string; message: string }): void {
  const stream = level === 'warn' || level === 'error' ? process.stderr : process.stdout;
  stream.write(`${message}\n`);
}

function asBindings<T extends string>(
  type: T,
  values: Record<string, string>,
): Record<string, { type: T; value: string }> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { type, value }]));
}

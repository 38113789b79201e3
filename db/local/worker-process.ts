import { type ChildProcess, spawn } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { unstable_startWorker } from 'wrangler';
import type { WorkerOptions } from './worker.ts';

type Worker = Awaited<ReturnType<typeof unstable_startWorker>>;

const MINUTE_MS = 60_000;
// A Worker that has never built cannot be disposed of; leaving ends its runtime as well.
const DISPOSE_TIMEOUT_MS = 5_000;

let worker: Worker | undefined;

/** The child of worker.ts: gets WorkerOptions as its first message, ends when the channel closes. */
process.once('disconnect', () => void end());
// The parent decides when to end: the signals of a terminal reach this process as well.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
endTogether();

const [options] = (await once(process, 'message')) as [WorkerOptions];
worker = await unstable_startWorker({
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
setInterval(() => {
  worker
    ?.fetch(`http://127.0.0.1:${options.port}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`)
    .catch((error: unknown) => console.error(inspect(error)));
}, MINUTE_MS);

async function end(): Promise<never> {
  await Promise.race([worker?.dispose(), sleep(DISPOSE_TIMEOUT_MS)]);
  return process.exit(0);
}

/**
 * Ends this process's group when any of it is killed. The rest would live on and hold the port, or hang: wrangler's
 * proxy does not answer after a restart, and nothing is built without esbuild.
 */
function endTogether(): void {
  const group = -process.pid;
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: ChildProcess };
    child.once('exit', (_, signal) => {
      if (signal === null || child.killed || isRestarted(child)) return;
      console.error(`${basename(child.spawnfile)} was ended by ${signal}.`);
      process.kill(group, 'SIGKILL');
    });
  });
  // The pipe this shell reads from closes when this process dies, even by SIGKILL.
  spawn('sh', ['-c', `read -r line; kill -KILL ${group}`], { stdio: ['pipe', 'ignore', 'ignore'] });
}

/** The runtime behind the proxy, on a port the system chooses: wrangler replaces it after a crash. */
const isRestarted = ({ spawnargs }: ChildProcess) =>
  spawnargs.includes('--socket-addr=entry=127.0.0.1:0');

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

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { StartError } from './start-error.ts';

export interface WorkerOptions {
  port: number;
  /** Where Durable Objects, queues and R2 keep their data; an absolute path. */
  stateDir: string;
  vars: Record<string, string>;
  secrets: Record<string, string>;
}

export interface RunningWorker {
  /** Resolves when the Worker's process has ended, asked or not. */
  ended: Promise<void>;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 10_000;

/**
 * Runs the Worker from wrangler.toml on a port of the loopback address, rebuilt on every change,
 * and waits until `GET /healthz` answers 200. Its log lines go to this process's stdout and stderr.
 *
 * It lives in a process (and process group) of its own: Ctrl-C reaches only us, so we decide the
 * order of the end, and when we are killed the broken channel tells it to end too.
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { DATABASE_URL: _owner, SESSION_KEYS: _keys, ...env } = process.env;
  const child = fork(fileURLToPath(new URL('worker-process.ts', import.meta.url)), {
    detached: true,
    env: { ...env, ...QUIET },
  });
  const ended = once(child, 'exit').then(() => {});
  child.send(options);

  const close = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    const timeout = new AbortController();
    await Promise.race([ended, sleep(STOP_TIMEOUT_MS, undefined, { signal: timeout.signal })]);
    timeout.abort();
    child.kill('SIGKILL');
  };
  const problem = await Promise.race([problemOf(options.port), ended.then(() => ABOVE)]);
  if (problem !== null) {
    await close();
    throw new StartError(`The Worker did not start: ${problem}`);
  }
  return { ended, close };
}

// Nothing leaves the machine, and no files are written outside the project.
const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};

const ABOVE = 'its errors are above.';

/** What keeps the Worker from serving, as /healthz says it; null = it serves. */
async function problemOf(port: number): Promise<string | null> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (response?.status === 200) return null;
    // Our own answer has a name; others come from what stands before the Worker while it starts.
    if (response?.status === 503 && response.headers.has('x-request-id')) return response.text();
    await sleep(100);
  }
  return ABOVE;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RunningWorker {
  url: string;
  /** Peak resident memory of the process so far, in MiB. */
  peakMemoryMib(): Promise<number>;
  close(): Promise<void>;
}

const OBJECTS = {
  API_LIMITER: 'ApiLimiter',
  ADDRESS_LIMITER: 'AddressLimiter',
  LOGIN_THROTTLE: 'LoginThrottle',
  PASSWORD_HASHING: 'PasswordHashing',
};

/**
 * Serves a Worker on bare `workerd serve`, without the proxy `wrangler dev` puts in front of one. Durable Objects keep
 * their storage on disk, in a directory of their own. Queues, R2 and assets, which no measured route touches, lead to
 * an empty service.
 * @param files the main module first, then the wasm modules it imports
 */
export async function serve(files: string[], vars: Record<string, string>): Promise<RunningWorker> {
  const directory = await mkdtemp(join(tmpdir(), 'distribu-bench-'));
  await Promise.all(files.map((file) => copyFile(file, join(directory, basename(file)))));
  const port = await freePort();
  await writeFile(
    join(directory, 'config.capnp'),
    config(
      files.map((file) => basename(file)),
      vars,
      port,
      directory,
    ),
  );
  const workerd = join(import.meta.dirname, '../node_modules/workerd/bin/workerd');
  const child = spawn(workerd, ['serve', '--experimental', 'config.capnp'], {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(`${url}/healthz`, child);
  return {
    url,
    async peakMemoryMib() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
    },
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await rm(directory, { recursive: true });
    },
  };
}

function config(
  modules: string[],
  vars: Record<string, string>,
  port: number,
  directory: string,
): string {
  const text = (value: string) => JSON.stringify(value);
  const list = (rows: string[]) => `[\n    ${rows.join(',\n    ')}\n  ]`;
  const bindings = [
    ...Object.entries(vars).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`),
    ...Object.entries(OBJECTS).map(
      ([name, className]) => `(name = ${text(name)}, durableObjectNamespace = ${text(className)})`,
    ),
    '(name = "MAIL_QUEUE", queue = "nothing")',
    '(name = "IMPORT_QUEUE", queue = "nothing")',
    '(name = "UPLOADS", r2Bucket = "nothing")',
    '(name = "ASSETS", service = "nothing")',
  ];
  const namespaces = Object.values(OBJECTS).map(
    (className) =>
      `(className = ${text(className)}, uniqueKey = ${text(className)}, enableSql = true)`,
  );
  const embedded = modules.map(
    (name) =>
      `(name = ${text(`./${name}`)}, ${name.endsWith('.wasm') ? 'wasm' : 'esModule'} = embed ${text(name)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["local"])),
    (name = "objects", disk = (path = ${text(directory)}, writable = true)),
    (name = "nothing", worker = (
      compatibilityDate = "2026-10-06",
      serviceWorkerScript = "addEventListener('fetch', (e) => e.respondWith(new Response(null, { status: 404 })))",
    )),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  compatibilityDate = "2026-10-06",
  modules = ${list(embedded)},
  bindings = ${list(bindings)},
  durableObjectNamespaces = ${list(namespaces)},
  durableObjectStorage = (localDisk = "objects"),
);
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) throw new Error(`workerd ended with ${child.exitCode}.`);
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
  throw new Error('workerd does not answer.');
}

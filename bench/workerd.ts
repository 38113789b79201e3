import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RunningWorker {
  url: string;
  /** Where messages, as JSON, are handed to the Worker as its queue would. */
  queueUrl: string;
  /** Peak resident memory of the process so far, in MiB. */
  peakMemoryMib(): Promise<number>;
  /** Kills the process, whatever it was doing, and starts another on the same address and the same storage. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const OBJECTS = {
  API_KEYS: 'ApiKeys',
  API_LIMITER: 'ApiLimiter',
  ADDRESS_LIMITER: 'AddressLimiter',
  LOGIN_THROTTLE: 'LoginThrottle',
  PASSWORD_HASHING: 'PasswordHashing',
  IMAGE_RESIZING: 'ImageResizing',
  ORDER_PLACES: 'OrderPlaces',
};

/**
 * Serves a Worker on bare `workerd serve`, without the proxy `wrangler dev` puts in front of one. Durable Objects keep
 * their storage on disk, in a directory of their own. What is sent to a queue is taken and goes nowhere; R2 and assets,
 * which no measured route touches, are empty.
 * @param files the main module first, then the wasm modules it imports
 * @param stderr where its log lines go
 */
export async function serve(
  files: string[],
  vars: Record<string, string>,
  stderr: 'inherit' | 'ignore' = 'inherit',
): Promise<RunningWorker> {
  const directory = await mkdtemp(join(tmpdir(), 'distribu-bench-'));
  await Promise.all(files.map((file) => copyFile(file, join(directory, basename(file)))));
  const [port, queuePort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  await writeFile(
    join(directory, 'config.capnp'),
    config(
      files.map((file) => basename(file)),
      { ...vars, PUBLIC_URL: url },
      { port, queuePort, directory },
    ),
  );
  const workerd = join(import.meta.dirname, '../node_modules/workerd/bin/workerd');
  let child: ChildProcess;
  const start = async () => {
    child = spawn(workerd, ['serve', '--experimental', 'config.capnp'], {
      cwd: directory,
      stdio: ['ignore', 'ignore', stderr],
    });
    await untilAnswering(`${url}/healthz`, child);
  };
  const kill = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  process.once('exit', () => child.kill('SIGKILL'));
  await start();
  return {
    url,
    queueUrl: `http://127.0.0.1:${queuePort}`,
    async peakMemoryMib() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
    },
    async restart() {
      await kill();
      await start();
    },
    async close() {
      await kill();
      await rm(directory, { recursive: true });
    },
  };
}

/** Stands in for the platform's queues: hands `{ queue, bodies }` over as one batch, and answers once it is consumed. */
const QUEUES = `export default {
  async fetch(request, env) {
    const { queue, bodies } = await request.json();
    const messages = bodies.map((body) => ({
      id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body,
    }));
    const { outcome } = await env.MAIN.queue(queue, messages);
    return new Response(outcome, { status: outcome === 'ok' ? 200 : 500 });
  },
};`;

function config(
  modules: string[],
  vars: Record<string, string>,
  { port, queuePort, directory }: { port: number; queuePort: number; directory: string },
): string {
  const text = (value: string) => JSON.stringify(value);
  const list = (rows: string[]) => `[\n    ${rows.join(',\n    ')}\n  ]`;
  const bindings = [
    ...Object.entries(vars).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`),
    ...Object.entries(OBJECTS).map(
      ([name, className]) => `(name = ${text(name)}, durableObjectNamespace = ${text(className)})`,
    ),
    '(name = "MAIL_QUEUE", queue = "nowhere")',
    '(name = "IMPORT_QUEUE", queue = "nowhere")',
    '(name = "WEBHOOK_QUEUE", queue = "nowhere")',
    '(name = "UPLOADS", r2Bucket = "nothing")',
    '(name = "IMAGES", r2Bucket = "nothing")',
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
    (name = "nowhere", worker = (
      compatibilityDate = "2026-10-06",
      serviceWorkerScript = "addEventListener('fetch', (e) => e.respondWith(Response.json({})))",
    )),
    (name = "queues", worker = .queues),
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:${port}", http = (), service = "main"),
    (name = "queues", address = "127.0.0.1:${queuePort}", http = (), service = "queues"),
  ],
);
const queues :Workerd.Worker = (
  compatibilityDate = "2026-10-06",
  compatibilityFlags = ["service_binding_extra_handlers"],
  modules = [(name = "queues.js", esModule = ${text(QUEUES)})],
  bindings = [(name = "MAIN", service = "main")],
);
const main :Workerd.Worker = (
  compatibilityDate = "2026-10-06",
  compatibilityFlags = ["queue_consumer_no_wait_for_wait_until"],
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

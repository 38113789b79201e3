import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '#src/webhooks/http-webhook-sender.ts';
import { Receiver } from '../receiver.ts';

/** What bare workerd, whose network this is in production, makes of every kind of answer. */
const close: (() => unknown)[] = [];
let receiver: Receiver;
let worker: string;

beforeAll(async () => {
  receiver = await Receiver.open();
  close.push(() => receiver.close());
  const directory = await mkdtemp(join(tmpdir(), 'distribu-sender-'));
  close.push(() => rm(directory, { recursive: true }));
  await build({
    entryPoints: [join(import.meta.dirname, 'sender-worker.ts')],
    outfile: join(directory, 'worker.js'),
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd'],
  });
  const port = await freePort();
  await writeFile(join(directory, 'config.capnp'), config(port, receiver.host));
  const workerd = join(import.meta.dirname, '../../node_modules/workerd/bin/workerd');
  const child = spawn(workerd, ['serve', 'config.capnp'], { cwd: directory, stdio: 'inherit' });
  close.push(() => child.kill('SIGKILL'));
  worker = `http://127.0.0.1:${port}`;
  while (!(await fetch(worker).catch(() => null))) await sleep(100);
});
afterAll(async () => {
  while (close.length > 0) await close.pop()?.();
});

function config(port: number, allow: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  compatibilityDate = "2026-10-06",
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  bindings = [(name = "ALLOW", text = "${allow}")],
);
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

async function answerOf(path: string): Promise<Answer> {
  const response = await fetch(worker, { method: 'POST', body: receiver.url(path) });
  return (await response.json()) as Answer;
}

const TOO_SLOW = 'No complete answer within 10 seconds.';
it.concurrent.each([
  ['ok', 200, null, 'Thank you.'],
  ['204', 204, null, ''],
  ['301', 301, 'Redirects are not followed.', 'Moved.'],
  ['410', 410, null, ''],
  ['429', 429, null, ''],
  ['huge', 200, null, 'x'.repeat(2000)],
  ['odd', 200, null, 'a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb'],
  ['cut', 200, 'The answer broke off.', 'And then'],
  ['reset', null, expect.stringContaining('The connection failed: '), null],
  ['hang', null, TOO_SLOW, null],
  ['half', 200, TOO_SLOW, 'And then'],
  ['drip', 200, TOO_SLOW, expect.stringMatching(/^\.{5,}$/)],
])('%s', async (path, statusCode, error, responseBody) => {
  const answer = await answerOf(path);
  expect(answer).toMatchObject({ statusCode, error, responseBody });
  // It would drip and hang for as long as the test waits.
  expect(answer.durationMs).toBeLessThan(60_000);
  expect(answer.retryAfter).toBe(path === '429' ? '7200' : null);
  expect(receiver.at(path)).toHaveLength(1);
  expect(receiver.at('target')).toEqual([]);
});

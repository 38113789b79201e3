import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { checkPortIsFree } from '#db/local/dev-options.ts';
import { startWorker } from '#db/local/worker.ts';
import { freePort } from '../free-port.ts';

/** Processes end soon; a loaded machine lets them wait. */
const SOON = { timeout: 20_000 };

let dataDir: string;
let port: number;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'distribu-'));
  port = await freePort();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** `npm run dev`, once it says it is ready; without npm unless asked. */
async function start(command = [process.execPath, 'db/local/dev.ts']): Promise<ChildProcess> {
  const { DATABASE_URL: _, npm_lifecycle_event: __, ...env } = process.env;
  const [file = '', ...args] = command;
  const runner = spawn(file, args, {
    env: { ...env, PORT: String(port), DATA_DIR: dataDir, SEED: 'empty' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(runner.stdout)) {
    if (line.includes(`Distribu is ready at http://localhost:${port}`)) return runner;
  }
  return expect.fail('npm run dev ended before it was ready');
}

/** What the API's own document, asked at another address, says it is found at. */
async function knownAs(): Promise<string | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/openapi.json`);
  const { servers } = (await response.json()) as { servers: { url: string }[] };
  return servers[0]?.url;
}

async function isHealthy(): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`);
  return response.status === 200;
}

interface Running {
  pid: number;
  parent: number;
  group: number;
  command: string;
}

/** Processes of this machine, without those that have ended and are still listed. */
async function running(): Promise<Running[]> {
  const fields = ['-ww', '-o', 'pid=,ppid=,pgid=,stat=,args='];
  const { stdout } = await promisify(execFile)('ps', ['-A', ...fields]);
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, group, state, ...command] = line.trim().split(/\s+/);
    if (!state || state.startsWith('Z')) return [];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        command: command.join(' '),
      },
    ];
  });
}

/** The group of the process below this one that runs the Worker: with it the runtime, esbuild and a shell. */
async function workerGroup(ancestor?: number): Promise<{ group: number; members: Running[] }> {
  const all = await running();
  const isBelow = (one: Running | undefined): boolean =>
    one !== undefined &&
    (one.parent === ancestor || isBelow(all.find(({ pid }) => pid === one.parent)));
  const leader = all.find((one) => one.command.includes('worker-process.ts') && isBelow(one));
  const group = leader?.group ?? expect.fail('No process runs the Worker.');
  return { group, members: all.filter((one) => one.group === group) };
}

/** Waits until no process of the group is left, and the port is free for the next start. */
async function isGone(group: number): Promise<void> {
  const commands = async () =>
    (await running()).filter((one) => one.group === group).map(({ command }) => command);
  await expect.poll(commands, SOON).toEqual([]);
  await vi.waitFor(() => checkPortIsFree(port), SOON);
}

it('starts, ends with Ctrl-C, and starts again after both that and a kill', async () => {
  const first = await start();
  expect(await isHealthy()).toBe(true);
  expect(await knownAs()).toBe(`http://localhost:${port}/api/v1`);
  first.kill('SIGINT');
  expect(await once(first, 'exit')).toEqual([0, null]);
  await checkPortIsFree(port);

  const second = await start();
  const { group } = await workerGroup(second.pid);
  second.kill('SIGKILL');
  await once(second, 'exit');
  await isGone(group);

  const third = await start();
  expect(await isHealthy()).toBe(true);
  third.kill('SIGTERM');
  expect(await once(third, 'exit')).toEqual([0, null]);
}, 180_000);

it('ends with the terminal it runs in', async () => {
  const runner = await start();
  runner.kill('SIGHUP');
  expect(await once(runner, 'exit')).toEqual([0, null]);
  await checkPortIsFree(port);
});

it('ends when npm is killed', async () => {
  const npm = await start(['npm', 'run', 'dev']);
  const { group } = await workerGroup(npm.pid);
  npm.kill('SIGKILL');
  await isGone(group);
});

describe('the Worker', () => {
  it.each([
    ['its process', 'worker-process.ts'],
    ['the shell that watches it', 'sh -c read'],
    ['the runtime that listens', 'entry=127.0.0.1:PORT'],
    ['esbuild', 'esbuild --service'],
  ])('ends as a whole when %s is killed', async (_, part) => {
    const worker = await startWorker({
      port,
      stateDir: join(dataDir, 'state'),
      vars: { DEV: '1', PUBLIC_URL: `http://localhost:${port}`, MAIL_PROVIDER: 'outbox' },
      secrets: { DATABASE_URL: inject('databaseUrl'), SESSION_KEYS: `test:${'A'.repeat(43)}` },
    });
    const { group, members } = await workerGroup(process.pid);
    const victim = members.find(({ command }) =>
      command.includes(part.replace('PORT', String(port))),
    );
    process.kill(victim?.pid ?? expect.fail(`${part} does not run.`), 'SIGKILL');
    await worker.ended;
    await isGone(group);
  });
});

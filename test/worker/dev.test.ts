import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkPortIsFree } from '#db/local/dev-options.ts';

let dataDir: string;
let port: number;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'distribu-'));
  // Below the ports the system hands out: one of those could be taken for a connection at any moment.
  do port = randomInt(20_000, 32_000);
  while (
    !(await checkPortIsFree(port).then(
      () => true,
      () => false,
    ))
  );
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** `npm run dev` without npm, once it says it is ready. */
async function start(): Promise<ChildProcess> {
  const { DATABASE_URL: _, ...env } = process.env;
  const runner = spawn(process.execPath, ['db/local/dev.ts'], {
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

it('starts, ends with Ctrl-C, and starts again after both that and a kill', async () => {
  const first = await start();
  expect(await isHealthy()).toBe(true);
  expect(await knownAs()).toBe(`http://localhost:${port}/api/v1`);
  first.kill('SIGINT');
  expect(await once(first, 'exit')).toEqual([0, null]);
  await checkPortIsFree(port);

  const second = await start();
  second.kill('SIGKILL');
  await once(second, 'exit');
  await vi.waitFor(() => checkPortIsFree(port), 10_000);

  const third = await start();
  expect(await isHealthy()).toBe(true);
  third.kill('SIGTERM');
  expect(await once(third, 'exit')).toEqual([0, null]);
}, 180_000);

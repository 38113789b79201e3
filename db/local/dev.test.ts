import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../test/free-port.ts';
import { lockDirectory } from './lock-directory.ts';

/** Starts that must not succeed; test/worker/dev.test.ts has the one that does. */
let dataDir: string;
const taken = createServer();
let takenPort: number;
let port: number;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'distribu-'));
  await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
  takenPort = (taken.address() as AddressInfo).port;
  port = await freePort();
});
afterAll(async () => {
  await new Promise((closed) => taken.close(closed));
  await rm(dataDir, { recursive: true, force: true });
});

function start(env: Record<string, string>): Promise<{ code: unknown; output: string }> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, 'dev.ts')],
      { env: { ...inherited, PORT: String(port), DATA_DIR: dataDir, ...env } },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
}

it.each([
  ['an address that is none', 'nonsense', 'DATABASE_URL is not a PostgreSQL address'],
  ['another protocol', 'http://127.0.0.1/x', 'DATABASE_URL is not a PostgreSQL address'],
  ['an unknown host', 'postgres://a@absent.invalid/x', 'The host absent.invalid is unknown'],
  ['nobody there', 'postgres://a:secret@127.0.0.1:1/x', 'Nothing answers for PostgreSQL at 127.0'],
])('says what is wrong with a database URL: %s', async (_, DATABASE_URL, sentence) => {
  const { code, output } = await start({ DATABASE_URL });
  expect(code).toBe(1);
  expect(output).toContain(sentence);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(output).not.toContain('secret');
});

it('says that the port is in use', async () => {
  expect(await start({ PORT: String(takenPort) })).toEqual({
    code: 1,
    output: `Port ${takenPort} is in use: stop what uses it or set PORT to another.\n`,
  });
});

it('says that the data directory is in use, whichever database is meant', async () => {
  const unlock = await lockDirectory(dataDir);
  const sentence = `The data directory ${dataDir} is in use by process ${process.pid}: stop it or set DATA_DIR to another directory.\n`;
  expect(await start({})).toEqual({ code: 1, output: sentence });
  const DATABASE_URL = 'postgres://a@127.0.0.1:1/x';
  expect(await start({ DATABASE_URL })).toEqual({ code: 1, output: sentence });
  await unlock();
});

it('says that the data directory cannot be written', async () => {
  const DATA_DIR = join(dataDir, 'file');
  await writeFile(DATA_DIR, '');
  expect(await start({ DATA_DIR })).toEqual({
    code: 1,
    output: `The data directory ${DATA_DIR} cannot be written (EEXIST): set DATA_DIR to another directory.\n`,
  });
});

it.each(['18', '19'])(
  'says that a database of release %s, without its files, cannot be opened',
  async (release) => {
    const DATA_DIR = join(dataDir, release);
    await mkdir(join(DATA_DIR, 'postgres'), { recursive: true });
    await writeFile(join(DATA_DIR, 'postgres', 'PG_VERSION'), release);
    const { code, output } = await start({ DATA_DIR });
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(`move ${DATA_DIR}/postgres away to start with an empty one`);
  },
);

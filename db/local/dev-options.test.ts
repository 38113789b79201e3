import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { checkPortIsFree, readDevOptions } from './dev-options.ts';

it('has a default for everything', () => {
  expect(readDevOptions({ PORT: '', SEED: '' })).toEqual({
    port: 8787,
    dataDir: resolve('.data'),
    databaseUrl: undefined,
    seed: 'demo',
    webhookAllow: '',
  });
});

it.each([['demo'], ['empty'], ['large'], ['large:1000000']])('knows SEED=%s', (SEED) => {
  expect(readDevOptions({ SEED }).seed).toBe(SEED);
});

it.each([
  [{ PORT: 'abc' }, 'PORT is abc: it should be a number from 1 to 65535.'],
  [{ PORT: '65536' }, 'PORT is 65536: it should be a number from 1 to 65535.'],
  [{ SEED: 'huge' }, 'SEED is huge: it should be demo, empty, large or large:1000000.'],
  [{ SEED: 'large:0' }, 'SEED is large:0: it should be demo, empty, large or large:1000000.'],
])('refuses %o', (env, message) => {
  expect(() => readDevOptions(env)).toThrow(message);
});

it('says when the port is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await expect(checkPortIsFree(port)).rejects.toThrow(
    `Port ${port} is in use: stop what uses it or set PORT to another.`,
  );
  await new Promise((closed) => server.close(closed));
  await checkPortIsFree(port);
});

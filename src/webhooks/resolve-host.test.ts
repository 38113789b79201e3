import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dnsOverHttps } from './resolve-host.ts';

/** What a resolver would say, by name and type; the shape is that of `application/dns-json`. */
const RECORDS: Record<string, object> = {
  'two.test A': {
    Status: 0,
    Answer: [
      { name: 'two.test', type: 5, TTL: 60, data: 'Edge.Example.NET.' },
      { name: 'edge.example.net', type: 1, TTL: 60, data: '1.1.1.1' },
    ],
  },
  'two.test AAAA': { Status: 0, Answer: [{ type: 28, data: '2606:4700::1111' }] },
  'none.test A': { Status: 0 },
  'none.test AAAA': { Status: 0, Authority: [{ type: 6, data: 'x' }] },
  'gone.test A': { Status: 3 },
  'gone.test AAAA': { Status: 3 },
  'odd.test A': { Status: 'fine' },
  'odd.test AAAA': { Status: 0 },
};

let server: Server;
let resolve: ReturnType<typeof dnsOverHttps>;
beforeAll(async () => {
  server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://x');
    const known = RECORDS[`${searchParams.get('name')} ${searchParams.get('type')}`];
    const isJson = request.headers.accept === 'application/dns-json';
    response.writeHead(known && isJson ? 200 : 502).end(JSON.stringify(known));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  resolve = dnsOverHttps(`http://127.0.0.1:${(server.address() as AddressInfo).port}/dns-query`);
});
afterAll(() => server.close());

it('asks for addresses of both kinds, and names the aliases on the way', async () => {
  expect(await resolve('two.test')).toEqual({
    addresses: ['1.1.1.1', '2606:4700::1111'],
    names: ['edge.example.net'],
  });
  expect(await resolve('none.test')).toEqual({ addresses: [], names: [] });
});

it.each(['gone.test', 'odd.test', 'unknown.test'])('fails for %s', async (host) => {
  await expect(resolve(host)).rejects.toThrow();
});

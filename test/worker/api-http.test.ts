import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../api.ts';
import { freshCompany } from '../context.ts';
import { apiKeyFor } from '../server.ts';

let key: string;
let path: string;
beforeAll(async () => {
  ({ key } = await apiKeyFor(await freshCompany({ apiRateLimit: 1000 })));
  const created = await call('POST', '/customers', { key, json: { email: 'http@acme.test' } });
  path = `/customers/${created.body.data.id}`;
});

describe('API paths and methods', () => {
  it.each(['/nothing', '/customers/', '/customers/a/b', '', '/', '/%00', '/%ff', '/../v1/x'])(
    'answers 404 as JSON at %j, with and without a key',
    async (unknown) => {
      for (const method of ['GET', 'POST', 'DELETE']) {
        for (const options of [{}, { key }, { key, raw: '{' }]) {
          if (method === 'GET' && 'raw' in options) continue;
          const answer = await call(method, `/api/v1${unknown}`, options);
          expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
        }
      }
    },
  );

  it('says that the version prefix is required', async () => {
    for (const unversioned of [
      '/api',
      '/api/',
      '/api/customers',
      '/api/v2/customers',
      '/api/v1x',
    ]) {
      const answer = await call('GET', unversioned, { key });
      expect(answer.status).toBe(404);
      expect(answer.body.error).toContain('version prefix is required: /api/v1');
    }
  });

  it('answers 405 with what the path does take', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'PURGE']) {
      const answer = await call(method, '/customers', { key });
      expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
      expect(answer.headers.get('Allow')).toBe('GET, HEAD, OPTIONS, POST');
    }
    const one = await call('DELETE', path, { key });
    expect(one.status).toBe(405);
    expect(one.headers.get('Allow')).toBe('GET, HEAD, OPTIONS, PATCH');
    expect((await call('POST', '/openapi.json')).status).toBe(405);
  });

  it('answers HEAD like GET without a body', async () => {
    for (const [at, status] of [
      ['/customers', 200],
      [path, 200],
      ['/customers/cus_x', 404],
    ] as const) {
      const answer = await call('HEAD', at, { key });
      expect(answer).toMatchObject({ status, text: '' });
    }
    expect((await call('HEAD', '/customers')).status).toBe(401);
  });

  it('answers OPTIONS without a key', async () => {
    for (const [at, allow] of [
      ['/customers', 'GET, HEAD, OPTIONS, POST'],
      [path, 'GET, HEAD, OPTIONS, PATCH'],
      ['/openapi.json', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const answer = await call('OPTIONS', at);
      expect(answer).toMatchObject({ status: 204, text: '' });
      expect(answer.headers.get('Allow')).toBe(allow);
    }
  });
});

describe('API bodies', () => {
  const INVALID_JSON = { status: 400, body: { error: 'Invalid JSON body.', code: 'validation' } };
  const post = (raw: string | Uint8Array, headers = {}) =>
    call('POST', '/customers', { key, raw, headers });
  const both = (raw: string | Uint8Array) => [post(raw), call('PATCH', path, { key, raw })];

  it.each([
    ['nothing', ''],
    ['a space', ' '],
    ['half an object', '{"email":'],
    ['an array', '[{"email":"a@b.test"}]'],
    ['a string', '"a@b.test"'],
    ['a number', '1'],
    ['null', 'null'],
    ['true', 'true'],
    ['a trailing comma', '{"email":"a@b.test",}'],
    ['single quotes', "{'email':'a@b.test'}"],
    ['a hundred thousand arrays', '['.repeat(100_000)],
    ['deep nesting', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['broken UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ])('refuses %s for JSON', async (_, raw) => {
    for (const answer of await Promise.all(both(raw))) expect(answer).toMatchObject(INVALID_JSON);
  });

  it('refuses a request without any body', async () => {
    for (const answer of [
      await call('POST', '/customers', { key }),
      await call('PATCH', path, { key }),
    ]) {
      expect(answer).toMatchObject(INVALID_JSON);
    }
  });

  it('takes JSON that is unusual but sound', async () => {
    const deep = '{"x":'.repeat(50_000) + '1' + '}'.repeat(50_000);
    for (const raw of [
      '\uFEFF{}',
      ' \n{}\t',
      `{"unknown":${deep}}`,
      '{"__proto__":{"status":"BLOCKED"},"constructor":1}',
      '{"name":"first","name":"Second"}',
    ]) {
      expect((await call('PATCH', path, { key, raw })).status, raw.slice(0, 40)).toBe(200);
    }
    const { body } = await call('GET', path, { key });
    expect(body.data).toMatchObject({ name: 'Second', status: 'ACTIVE' });
  });

  it('refuses what is no JSON by its type', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/jsonp',
      'x',
    ]) {
      const answer = await post('{"email":"type@acme.test"}', { 'Content-Type': type });
      expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
    }
    const typed = await post('{}', { 'Content-Type': 'Application/JSON; charset=utf-8' });
    expect(typed.body.error).toBe('Email is required.');
  });

  it('refuses more than one megabyte, however it is sent', async () => {
    const json = (size: number) => `{"email":"big@acme.test","x":"${'x'.repeat(size)}"}`;
    for (const answer of await Promise.all(both(json(1_048_576)))) {
      expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
    }
    expect((await post(json(1_048_000))).status).toBe(201);
  });
});

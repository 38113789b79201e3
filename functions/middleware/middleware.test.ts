import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppEnv } from '#functions/app-env.ts';
import { AppError } from '#src/lib/errors.ts';
import { logLine } from './log-line.ts';
import { requestId } from './request-id.ts';
import { sameOrigin } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';

const app = new Hono<AppEnv>();
app.use(requestId, logLine, securityHeaders);
app.get('/page', (c) => c.text(c.var.requestId));
app.get('/docs', (c) => c.text('', 200, { 'content-security-policy': "default-src 'self'" }));
app.get('/broken', () => {
  throw new Error('accident');
});
app.on(['GET', 'POST'], '/form', sameOrigin, (c) => c.text('done'));
app.onError((error, c) => c.text(error.message, error instanceof AppError ? error.status : 500));

const get = (path: string, env = {}, headers = {}) =>
  app.request(`https://app.test${path}`, { headers }, env);

let info: unknown[];
let errors: unknown[];
beforeEach(() => {
  info = [];
  errors = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void info.push(JSON.parse(line)));
  vi.spyOn(console, 'error').mockImplementation(
    (line: string) => void errors.push(JSON.parse(line)),
  );
});
afterEach(() => vi.restoreAllMocks());

describe('requestId', () => {
  it('names every answer and the handler alike, even one that failed', async () => {
    const response = await get('/page');
    expect(response.headers.get('x-request-id')).toMatch(/^[a-z0-9]{13}$/);
    expect(await response.text()).toBe(response.headers.get('x-request-id'));
    expect((await get('/broken')).headers.get('x-request-id')).toMatch(/^[a-z0-9]{13}$/);
    expect((await get('/nowhere')).headers.get('x-request-id')).toMatch(/^[a-z0-9]{13}$/);
  });

  it('takes a name from outside in development only, and only a well-formed one', async () => {
    const named = { 'x-request-id': 'test-1' };
    expect(await (await get('/page', { DEV: '1' }, named)).text()).toBe('test-1');
    expect(await (await get('/page', { DEV: '' }, named)).text()).not.toBe('test-1');
    const forged = { 'x-request-id': 'a b{}' };
    expect(await (await get('/page', { DEV: '1' }, forged)).text()).not.toBe('a b{}');
  });
});

describe('logLine', () => {
  it('writes one line without the query', async () => {
    const response = await get('/page?token=abc&search=anna');
    expect(info).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        message: 'request',
        requestId: response.headers.get('x-request-id'),
        method: 'GET',
        path: '/page',
        status: 200,
        ms: expect.any(Number),
      },
    ]);
    expect(errors).toEqual([]);
  });

  it('writes refusals as information and accidents as errors', async () => {
    await get('/nowhere');
    await get('/broken');
    expect(info).toMatchObject([{ status: 404 }]);
    expect(errors).toMatchObject([{ level: 'error', status: 500, path: '/broken' }]);
  });
});

describe('securityHeaders', () => {
  it('sends the strict policy with every answer', async () => {
    for (const path of ['/page', '/broken', '/nowhere']) {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
          "connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; " +
          "base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
    }
  });

  it('insists on HTTPS in production only', async () => {
    expect((await get('/page')).headers.get('strict-transport-security')).toContain('max-age=');
    const local = await get('/page', { DEV: '1' });
    expect(local.headers.get('strict-transport-security')).toBeNull();
  });

  it('leaves a page its own policy', async () => {
    const { headers } = await get('/docs');
    expect(headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });
});

describe('sameOrigin', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://app.test' }, 200],
    [{ origin: 'https://app.test' }, 200],
    [{ 'sec-fetch-site': 'same-site', origin: 'https://app.test' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'none' }, 403],
    [{ origin: 'https://evil.test' }, 403],
    [{ origin: 'http://app.test' }, 403],
    [{ origin: 'https://app.test:8443' }, 403],
    [{ origin: 'null' }, 403],
    [{}, 403],
  ])('answers a form with %j by %i', async (headers, status) => {
    const types = ['application/x-www-form-urlencoded', 'text/plain', 'application/json'];
    for (const type of types) {
      const init = { method: 'POST', body: '{}', headers: { 'content-type': type, ...headers } };
      const response = await app.request('https://app.test/form', init, {});
      expect(response.status).toBe(status);
    }
  });

  it('lets reading pass from anywhere', async () => {
    expect((await get('/form', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
  });
});

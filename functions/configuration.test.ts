import { Hono } from 'hono';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AppEnv } from './app-env.ts';
import { isDevelopment } from './is-development.ts';
import { developmentOnly } from './middleware/development-only.ts';
import { requestId } from './middleware/request-id.ts';
import { requireConfiguration } from './middleware/require-configuration.ts';
import { healthz } from './site/healthz.ts';

const SOUND = {
  PUBLIC_URL: 'https://orders.example.com',
  DEV: '',
  SESSION_KEYS: `k1:${'A'.repeat(43)}`,
  DATABASE_URL: 'postgresql://app:secret@db.example.com/distribu',
  LOGIN_LIMITS: '',
  MAIL_PROVIDER: 'http',
  MAIL_API_URL: 'https://mail.example.com/send',
  MAIL_API_KEY: 'key',
  MAIL_FROM: 'Distribu <no-reply@example.com>',
  DNS_URL: 'https://dns.example.com/dns-query',
};

const app = new Hono<AppEnv>();
app.use(requestId, requireConfiguration);
app.route('/', healthz);
app.get('/page', (c) => c.text('served'));
app.get('/dev', developmentOnly, (c) => c.text('mails'));
app.onError((error, c) => c.text(error.message, 500));

async function ask(path: string, settings: Partial<typeof SOUND>): Promise<[number, string]> {
  const response = await app.request(path, {}, { ...SOUND, ...settings });
  return [response.status, await response.text()];
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

it('serves with sound settings', async () => {
  expect(await ask('/healthz', {})).toEqual([200, 'ok']);
  expect(await ask('/page', {})).toEqual([200, 'served']);
  expect(await ask('/page', { MAIL_PROVIDER: 'outbox', MAIL_API_KEY: '' })).toEqual([
    200,
    'served',
  ]);
});

it.each([
  [{ PUBLIC_URL: '' }, 'PUBLIC_URL has to be the address'],
  [{ DEV: '1' }, 'DEV is "1", which shows everybody all mails'],
  [{ SESSION_KEYS: '' }, 'SESSION_KEYS must be kid:secret'],
  [{ SESSION_KEYS: 'k1:short' }, 'SESSION_KEYS must be kid:secret'],
  [{ DATABASE_URL: '' }, 'DATABASE_URL has to be the address'],
  [{ DATABASE_URL: 'db.example.com' }, 'DATABASE_URL has to be the address'],
  [{ LOGIN_LIMITS: '{' }, 'LOGIN_LIMITS must be empty, or limits as JSON'],
  [{ LOGIN_LIMITS: '{"address":{"failures":0}}' }, 'LOGIN_LIMITS must hold positive whole'],
  [{ MAIL_PROVIDER: 'smtp' }, 'MAIL_PROVIDER has to be "http" or "outbox".'],
  [{ MAIL_API_URL: '' }, 'MAIL_API_URL has to be the address'],
  [{ MAIL_API_KEY: '' }, 'MAIL_API_KEY has to be the key'],
  [{ MAIL_FROM: '' }, 'MAIL_FROM has to say whom mails are from.'],
  [{ DNS_URL: 'dns' }, 'DNS_URL has to be the address'],
])('serves nothing with %j, and /healthz says why', async (settings, why) => {
  const [status, sentence] = await ask('/healthz', settings);
  expect([status, sentence.slice(0, why.length)]).toEqual([503, why]);
  expect(sentence).not.toContain('secret@');
  for (const path of ['/page', '/dev', '/nowhere']) {
    expect(await ask(path, settings)).toEqual([
      500,
      'This installation is not set up. /healthz says why.',
    ]);
  }
});

it.each(['', '0', 'false', 'no', 'off', 'true', 'production', ' 1', '1 '])(
  'is no development with DEV = %j',
  async (DEV) => {
    expect(isDevelopment({ DEV })).toBe(false);
    expect((await ask('/dev', { DEV }))[0]).toBe(404);
  },
);

it('is development with DEV = 1, at an address that is not public', async () => {
  const settings = { DEV: '1', PUBLIC_URL: 'http://localhost:8787' };
  expect(await ask('/dev', settings)).toEqual([200, 'mails']);
});

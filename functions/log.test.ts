import { DrizzleQueryError } from 'drizzle-orm/errors';
import { afterEach, expect, it, vi } from 'vitest';
import { logError, logInfo, loggedPath } from './log.ts';

afterEach(() => vi.restoreAllMocks());

function captured(method: 'log' | 'error') {
  const spy = vi.spyOn(console, method).mockImplementation(() => undefined);
  return () => JSON.parse(String(spy.mock.calls[0]?.[0])) as Record<string, unknown>;
}

it('writes one JSON line', () => {
  const entry = captured('log');
  logInfo('request', { status: 200, companyId: undefined });
  expect(entry()).toEqual({
    time: expect.any(String),
    level: 'info',
    message: 'request',
    status: 200,
  });
});

it('replaces whatever is named like a secret, at any depth', () => {
  const entry = captured('log');
  logInfo('x', {
    body: { newPassword: 'p', apiKey: 'k', api_key: 'k', name: 'n' },
    Cookie: 'c',
    token: null,
  });
  expect(entry()).toMatchObject({
    body: { newPassword: '[redacted]', apiKey: '[redacted]', api_key: '[redacted]', name: 'n' },
    Cookie: '[redacted]',
    token: null,
  });
});

it('keeps an error’s causes and drops a query’s parameters', () => {
  const entry = captured('error');
  const cause = Object.assign(new Error('duplicate key'), { code: '23505' });
  const parameters = ['anna@example.com', '$argon2id$x\ny'];
  logError(new DrizzleQueryError('insert into users values ($1, $2)', parameters, cause), {
    path: '/',
  });
  const logged = entry();
  expect(logged).toMatchObject({
    level: 'error',
    message: 'Failed query: insert into users values ($1, $2)',
    path: '/',
    error: { stack: expect.stringContaining('log.test.ts'), cause: { code: '23505' } },
  });
  expect(JSON.stringify(logged)).not.toMatch(/anna@|argon2id/);
});

it('takes a sentence or anything thrown', () => {
  const entry = captured('error');
  logError('The queue gave up.');
  expect(entry()).toMatchObject({ level: 'error', message: 'The queue gave up.' });
});

it('keeps a path but for the token of a link', () => {
  expect(loggedPath('/reset-password/eyJhbGciOi.eyJzdWIi.c2ln-_a')).toBe('/reset-password/[token]');
  expect(loggedPath('/dashboard/customers')).toBe('/dashboard/customers');
});

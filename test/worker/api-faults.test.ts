import { afterEach, expect, it } from 'vitest';
import { call } from '../api.ts';
import { freshCompany } from '../context.ts';
import { apiKeyFor, expectErrorLog } from '../server.ts';
import { setFaults } from '../faults.ts';

afterEach(() => setFaults({}));

const WRONG = { status: 500, body: { error: 'Something went wrong.', code: 'internal' } };

it('tells nothing of an accident but its request id, and works again after it', async () => {
  expectErrorLog(/./);
  const { key } = await apiKeyFor(await freshCompany());
  await setFaults({ match: 'enter_api_key', errorNext: 2 });
  const [cold, coldBad] = [
    await call('GET', '/customers', { key }),
    await call('POST', '/customers', { key, raw: '{' }),
  ];
  for (const answer of [cold, coldBad]) expect(answer).toMatchObject(WRONG);
  // A key the database has not named yet has no limiter: its failures count for the sender's address.
  const works = await call('GET', '/customers', { key });
  expect([works.status, works.headers.get('X-RateLimit-Remaining')]).toEqual([200, '59']);
  await setFaults({ match: 'enter_api_key', errorNext: 1 });
  const known = await call('GET', '/customers', { key });
  expect(known).toMatchObject(WRONG);
  expect(known.headers.get('X-RateLimit-Remaining')).toBe('58');
});

it('says after a lost answer that the email is taken, and not that nothing happened', async () => {
  expectErrorLog(/./);
  const { key } = await apiKeyFor(await freshCompany());
  const json = { email: 'lost@answer.test' };
  await setFaults({ match: 'enter_api_key', dropNext: 1 });
  expect(await call('POST', '/customers', { key, json })).toMatchObject(WRONG);
  expect((await call('POST', '/customers', { key, json })).status).toBe(409);
});

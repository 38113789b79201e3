import { expect, it } from 'vitest';
import { call } from '../api.ts';
import { freshCompany } from '../context.ts';
import { apiKeyFor } from '../server.ts';
import { webhookFor } from '../webhooks.ts';

it('expects a version only of what is changed with PATCH', async () => {
  const company = await freshCompany();
  const { key } = await apiKeyFor(company);
  const { id } = await webhookFor(company, 'https://hooks.bistro.com/');
  const headers = { 'If-Match': '"0"' };
  const patched = await call('PATCH', `/webhooks/${id}`, { key, headers, json: { active: false } });
  expect(patched.status).toBe(412);
  const rotated = await call('POST', `/webhooks/${id}/rotate-secret`, { key, headers });
  expect(rotated.status).toBe(200);
});

it('takes a weak ETag for the strong one, and refuses what is none', async () => {
  const company = await freshCompany();
  const { key } = await apiKeyFor(company);
  const made = await call('POST', '/customers', { key, json: { email: 'weak@etag.test' } });
  const path = `/customers/${made.body.data.id}`;
  const patch = (name: string, tag: string) =>
    call('PATCH', path, { key, headers: { 'If-Match': tag }, json: { name } });
  const first = await patch('One', `W/${made.headers.get('ETag')}`);
  expect(first.status).toBe(200);
  expect((await patch('Two', `W/${made.headers.get('ETag')}`)).status).toBe(412);
  expect((await patch('Two', `"x", W/${first.headers.get('ETag')}`)).status).toBe(200);
  expect(await patch('Three', '3')).toMatchObject({
    status: 400,
    body: { error: 'If-Match must be *, or ETags like "3".' },
  });
});

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

import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { createApiKey } from '#src/api-keys/create-api-key.ts';
import { listApiKeys } from '#src/api-keys/queries.ts';
import { CONFIRMATION, as, freshCompany } from '../context.ts';

it('gives a company 25 API keys of 30 that are asked for at once', async () => {
  const company = await freshCompany();
  const input = { name: 'ERP', scopes: ['orders:read'] };
  const create = () => createApiKey(as(company, 'OWNER'), newId('apiKey'), input, CONFIRMATION);
  const results = await Promise.all(Array.from({ length: 30 }, create));
  expect(results.filter(({ ok }) => ok)).toHaveLength(25);
  const refused = results.filter((result) => !result.ok && result.reason === 'too_many');
  expect(refused).toHaveLength(5);
  expect(await listApiKeys(as(company, 'OWNER'))).toMatchObject({ active: 25, most: 25 });
});

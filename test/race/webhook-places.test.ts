import { expect, it } from 'vitest';
import { createWebhook } from '#src/webhooks/create-webhook.ts';
import { listWebhooks } from '#src/webhooks/queries.ts';
import { as, freshCompany } from '../context.ts';

const RULES = { allowHttp: false, allow: [], ownHosts: [] };

it('gives a company 10 webhooks of 60 that are asked for at once', async () => {
  const company = await freshCompany();
  const input = { url: 'https://erp.example.com/hook', events: ['order.created'] };
  const results = await Promise.all(
    Array.from({ length: 60 }, () => createWebhook(as(company, 'OWNER'), input, RULES)),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(10);
  const refused = results.filter((result) => !result.ok && result.reason === 'too_many');
  expect(refused).toHaveLength(50);
  expect((await listWebhooks(as(company, 'OWNER'), { limit: 50 })).rows).toHaveLength(10);
});

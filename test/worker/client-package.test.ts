import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { all, someClient } from '../client.ts';
import {
  bundleWorker,
  type InstalledClient,
  installClient,
  readmeProgram,
  runProgram,
  typeCheck,
} from '../client-package.ts';
import { freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { apiKeyFor, url } from '../server.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** What the README leaves to the caller: requests for its handler, one of them not from Distribu. */
const DELIVERIES = `
import { Webhook } from 'standardwebhooks';
const sign = (event: string, data: object, secret: string) => {
  const body = JSON.stringify({ event, timestamp: new Date().toISOString(), data });
  const headers = {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': new Webhook(secret).sign('evt_1', new Date(), body),
  };
  return new Request('https://receiver.test/', { method: 'POST', headers, body });
};
const secret2 = process.env.DISTRIBU_WEBHOOK_SECRET ?? '';
for (const request of [
  sign('order.created', { number: 1042, total: 131.25 }, secret2),
  sign('product.low_stock', { sku: 'WDG-001', stock: 3 }, secret2),
  sign('something.new', {}, secret2),
  sign('order.created', { number: 1, total: 1 }, 'whsec_' + btoa('somebody else')),
]) {
  console.log('Received', (await receive(request)).status);
}
`;

/** Writes through an answer that is cut off, reads, is refused, and takes a webhook. */
const WORKER = `
import { Distribu, verifyWebhook } from '@distribu/client';
import { Webhook } from 'standardwebhooks';

export default {
  async fetch(request) {
    const { key, baseUrl, secret } = await request.json();
    let tries = 0;
    const distribu = new Distribu({
      apiKey: key,
      baseUrl,
      fetch: async (sent) => {
        const response = await fetch(sent);
        if (++tries > 1) return response;
        await response.body.cancel();
        throw new TypeError('cut off');
      },
    });
    await distribu.post('/customers', { body: { email: 'a@worker.test' } });
    const emails = [];
    for await (const { email } of distribu.paginate('/customers')) emails.push(email);
    const refused = await distribu
      .get('/customers/{id}', { params: { path: { id: 'cus_no' } } })
      .catch(({ name, status, code }) => ({ name, status, code }));
    const payload = JSON.stringify({ event: 'webhook.test', timestamp: '', data: {} });
    const headers = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': new Webhook(secret).sign('evt_1', new Date(), payload),
    };
    const { event } = verifyWebhook({ payload, headers: new Headers(headers), secret });
    return Response.json({ event, emails, refused });
  },
};
`;

let installed: InstalledClient;

beforeAll(async () => {
  installed = await installClient();
});
afterAll(() => installed.remove());

it('ships what it needs and nothing else', () => {
  const modules = [
    'api-types',
    'call',
    'distribu',
    'distribu-error',
    'index',
    'retry-wait',
    'retrying-fetch',
    'verify-webhook',
  ];
  const built = modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]);
  expect(installed.files.toSorted()).toEqual(['README.md', 'package.json', ...built].toSorted());
});

it('does what its README says', async () => {
  const company = await freshCompany({ apiRateLimit: 2000 });
  const widget = { name: 'Widget Blue', sku: 'WDG-001', priceCents: 850, stock: 50 };
  await productsFor(company, [widget]);
  const { key } = await apiKeyFor(company);
  await writeFile(join(installed.directory, 'readme.ts'), (await readmeProgram()) + DELIVERIES);
  expect(await typeCheck(installed.directory, 'readme.ts')).toBe('');
  const { stdout, stderr } = await runProgram(installed.directory, 'readme.ts', {
    DISTRIBU_API_KEY: key,
    DISTRIBU_URL: url.href,
    DISTRIBU_WEBHOOK_SECRET: SECRET,
  });
  expect(stderr).toEqual(['Stock WDG-002 Name is required.']);
  expect(stdout).toEqual([
    expect.stringMatching(/^Added cus_\w{26}$/),
    expect.stringMatching(/^Customer buyer@acme\.com 20\d\d-/),
    'Ordered PO-4711 85',
    'Stock WDG-001 updated',
    'New order 1042 131.25',
    'Received 204',
    'Running low WDG-001 3',
    'Received 204',
    'Received 204',
    'Received 401',
  ]);
  const { client } = await someClient({ company });
  const [orders, products, customers] = await Promise.all([
    all(client.paginate('/orders')),
    all(client.paginate('/products')),
    all(client.paginate('/customers')),
  ]);
  expect(orders).toMatchObject([{ poNumber: 'PO-4711', items: [{ quantity: 10 }] }]);
  expect(products).toMatchObject([{ sku: 'WDG-001', stock: 118 }]);
  expect(customers).toMatchObject([{ notes: 'Paid in May.' }]);
});

it('works within a Worker, with the runtime’s own fetch and timers', async () => {
  const { key } = await apiKeyFor(await freshCompany());
  const contents = await bundleWorker(installed.directory, WORKER);
  const manifest = {
    mainModule: 'worker.js',
    modules: { 'worker.js': { type: 'esm' as const, contents } },
  };
  const config = { name: 'client', compatibilityDate: '2026-10-06', manifest };
  const worker = new Miniflare({ workers: [{ config }] });
  try {
    const response = await worker.dispatchFetch('http://worker.test/', {
      method: 'POST',
      body: JSON.stringify({ key, baseUrl: url.href, secret: SECRET }),
    });
    expect(await response.json()).toEqual({
      event: 'webhook.test',
      emails: ['a@worker.test'],
      refused: { name: 'DistribuError', status: 404, code: 'not_found' },
    });
  } finally {
    await worker.dispose();
  }
});

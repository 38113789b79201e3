import { expect } from 'vitest';
import { DEMO_API_KEY, DEMO_PASSWORD } from '#db/seed/demo.ts';
import type { Receiver } from '../receiver.ts';

export interface Init {
  method?: string;
  headers?: Record<string, string>;
  redirect?: 'manual';
  body?: string | ArrayBuffer;
}
interface Answer {
  status: number;
  headers: Pick<Headers, 'get' | 'getSetCookie'>;
  text(): Promise<string>;
  json(): Promise<unknown>;
}
type Fetch = (path: string, init?: Init) => Promise<Answer>;

/** A browser: keeps its cookies and posts forms as pages do. */
class Browser {
  private readonly cookies = new Map<string, string>();
  private readonly fetch: Fetch;

  constructor(fetch: Fetch) {
    this.fetch = fetch;
  }

  /** @returns the page's text, of the page it leads to after a form */
  async open(path: string): Promise<string> {
    const response = await this.send(path, {});
    const text = await response.text();
    expect(response.status, `GET ${path}: ${wordsOf(text)}`).toBe(200);
    return text;
  }

  /** @returns where the form leads */
  async submit(path: string, fields: [string, string | File][]): Promise<string> {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    const multipart = fields.some(([, value]) => typeof value !== 'string');
    const body = new Response(multipart ? form : new URLSearchParams(fields as [string, string][]));
    const response = await this.send(path, {
      method: 'POST',
      headers: { 'Content-Type': body.headers.get('content-type') ?? '' },
      body: await body.arrayBuffer(),
    });
    const text = await response.text();
    expect(response.status, `POST ${path}: ${wordsOf(text)}`).toBe(303);
    return new URL(response.headers.get('location') ?? '', 'http://any.test').pathname;
  }

  private async send(path: string, init: Init): Promise<Answer> {
    const cookie = Array.from(this.cookies, (pair) => pair.join('=')).join('; ');
    const response = await this.fetch(path, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  }
}

/** A page without its tags, for messages. */
const wordsOf = (page: string) =>
  page
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .slice(0, 1000);

const inputs = (page: string): [string, string][] =>
  Array.from(page.matchAll(/<input[^>]*>/gu), ([tag]): [string, string] => [
    / name="([^"]*)"/u.exec(tag)?.[1] ?? '',
    (/ value="([^"]*)"/u.exec(tag)?.[1] ?? '').replaceAll('&quot;', '"'),
  ]);

/**
 * What must go on working between `db:migrate` and `deploy`, done with the demo company at a running Worker: staff and
 * buyers log in, read their pages, order, import and register; the API writes; mails and webhooks are sent.
 */
export async function smoke(fetch: Fetch, receiver: Receiver): Promise<void> {
  const path = `ok/${crypto.randomUUID()}`;
  const api = async (method: string, route: string, body?: unknown) => {
    const response = await fetch(`/api/v1${route}`, {
      method,
      headers: { Authorization: `Bearer ${DEMO_API_KEY}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { data: Record<string, unknown> & { id: string } };
    expect(response.status, `${method} ${route}: ${JSON.stringify(answer)}`).toBeLessThan(300);
    return answer.data;
  };
  const webhook = await api('POST', '/webhooks', {
    url: receiver.url(path),
    events: ['order.created', 'order.status_changed', 'product.updated'],
  });
  await api('POST', `/webhooks/${webhook.id}/rotate-secret`);

  const staff = new Browser(fetch);
  await staff.submit('/login', [
    ['email', 'owner@acme.test'],
    ['password', DEMO_PASSWORD],
  ]);
  for (const page of [
    '',
    '/orders',
    '/orders/new',
    '/inventory',
    '/inventory?stock=low',
    '/customers',
    '/settings/audit',
    '/settings/webhooks',
    '/settings/api-keys',
    '/settings/profile',
  ]) {
    await staff.open(`/dashboard${page}`);
  }
  const rows = `email,name\nsmoke-${Date.now()}@example.com,Smoke\n`;
  const upload = await staff.submit('/dashboard/customers/import', [
    ['file', new File([rows], 'customers.csv')],
  ]);
  await staff.open(upload);
  await staff.submit(`${upload}/apply`, [
    ['email', '0'],
    ['name', '1'],
  ]);
  await expect
    .poll(() => staff.open(upload), { timeout: 30_000 })
    .toContain('1 customer created, 0 updated, 0 unchanged.');

  const buyer = new Browser(fetch);
  await buyer.submit('/store/acme/login', [
    ['email', 'buyer@acme.test'],
    ['password', DEMO_PASSWORD],
  ]);
  await buyer.open('/store/acme/catalog?sort=price');
  const cart = await buyer.open('/store/acme/cart');
  const [, product = ''] = /id="line-(prd_\w+)"/u.exec(cart) ?? [];
  await buyer.submit(`/store/acme/cart/${product}`, [['quantity', '1']]);
  const checkout = await buyer.open('/store/acme/checkout');
  const kept = ['order', 'seenTotal', 'line'];
  const order = await buyer.submit('/store/acme/checkout', [
    ...inputs(checkout).filter(([name]) => kept.includes(name)),
    ['address', /name="address" value="([^"]*)" checked/u.exec(checkout)?.[1] ?? ''],
  ]);
  await buyer.open(order);
  await buyer.submit(`${order}/cancel`, []);
  await receiver.arrived(path, 2);

  await new Browser(fetch).submit('/store/acme/register', [
    ['name', 'New Kitchen'],
    ['email', `new-${Date.now()}@example.com`],
    ['password', 'correct horse battery'],
  ]);
  await new Browser(fetch).submit('/signup', [
    ['companyName', 'New Foods'],
    ['name', 'Ann Owner'],
    ['email', `owner-${Date.now()}@example.com`],
    ['password', 'correct horse battery'],
  ]);
  const made = await api('POST', '/products', {
    name: 'Smoke',
    price: 4.5,
    stock: 9,
    sku: `SMOKE-${Date.now()}`,
  });
  await api('PATCH', `/products/${made.id}`, { price: 5 });
  const customer = await api('POST', '/customers', { email: `api-${Date.now()}@example.com` });
  const placed = await api('POST', '/orders', {
    customerId: customer.id,
    items: [{ productId: made.id, quantity: 2 }],
  });
  await api('PATCH', `/orders/${placed.id}`, { status: 'CONFIRMED' });
  for (const list of ['customers', 'products', 'orders', 'webhooks']) await api('GET', `/${list}`);
  await receiver.arrived(path, 5);
}

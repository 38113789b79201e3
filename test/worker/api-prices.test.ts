import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { auditEntries } from '#db/schema/index.ts';
import { encodeCursor } from '#src/lib/cursor.ts';
import { tenant } from '#src/tenant.ts';
import { and, eq } from 'drizzle-orm';
import { call } from '../api.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { apiKeyFor } from '../server.ts';

let company: CompanyFixture;
let key: string;
let foreignKey: string;
let flour: string;
let salt: string;
beforeAll(async () => {
  company = await freshCompany({ apiRateLimit: 2000 });
  ({ key } = await apiKeyFor(company));
  ({ key: foreignKey } = await apiKeyFor(await freshCompany()));
  [flour = '', salt = ''] = await productsFor(company, [
    { name: 'Flour', sku: 'FL-1', priceCents: 1850 },
    { name: 'Salt', priceCents: 90, active: false },
  ]);
});

let count = 0;
async function customer(): Promise<string> {
  const json = { email: `priced${(count += 1)}@acme.test` };
  return (await call('POST', '/customers', { key, json })).body.data.id;
}
const list = (id: string, query = '') => call('GET', `/customers/${id}/prices${query}`, { key });
const put = (id: string, product: string, json: unknown, as_ = key) =>
  call('PUT', `/customers/${id}/prices/${product}`, { key: as_, json });
const remove = (id: string, product: string, as_ = key) =>
  call('DELETE', `/customers/${id}/prices/${product}`, { key: as_ });
const problem = (status: number, code: string, error: string) => ({
  status,
  body: { error, code },
});
const NO_CUSTOMER = problem(404, 'not_found', 'Customer not found.');
const NO_PRODUCT = problem(404, 'not_found', 'Product not found.');

describe('/api/v1/customers/{id}/prices', () => {
  it('are set, changed, listed by name and removed', async () => {
    const id = await customer();
    const own = (productId: string, price: number) => ({
      productId,
      ...(productId === flour
        ? { sku: 'FL-1', name: 'Flour', cataloguePrice: 18.5 }
        : { sku: null, name: 'Salt', cataloguePrice: 0.9 }),
      price,
    });
    expect((await list(id)).body).toEqual({
      data: [],
      pagination: { hasMore: false, nextCursor: null },
    });
    for (const price of [0, 0.07, 1_000_000, 8.5]) {
      expect(await put(id, salt, { price })).toMatchObject({
        status: 200,
        body: { data: own(salt, price) },
      });
    }
    await put(id, flour, { price: 17 });
    expect((await list(id)).body.data).toEqual([own(flour, 17), own(salt, 8.5)]);
    const removed = await remove(id, salt);
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect((await remove(id, salt)).status).toBe(204);
    expect((await list(id)).body.data).toEqual([own(flour, 17)]);
    expect((await list(await customer())).body.data).toEqual([]);
  });

  it('are logged, and only where they change', async () => {
    const id = await customer();
    for (const price of [5, 5, 6]) await put(id, flour, { price });
    await remove(id, flour);
    await remove(id, flour);
    const ctx = as(company, 'OWNER');
    const [entries] = await tenant(ctx, 'audit:read').batch([
      ctx.db
        .select({ action: auditEntries.action })
        .from(auditEntries)
        .where(and(eq(auditEntries.companyId, company.id), eq(auditEntries.entityId, id))),
    ]);
    expect(entries.map(({ action }) => action).toSorted()).toEqual([
      'CustomerCreated',
      'PriceOverrideDeleted',
      'PriceOverrideSet',
      'PriceOverrideSet',
    ]);
  });

  it('are what an order at the customer’s prices costs', async () => {
    const id = await customer();
    await put(id, flour, { price: 10 });
    const order = {
      customerId: id,
      items: [{ productId: flour, quantity: 2 }],
      pricing: 'customer',
    };
    const { body } = await call('POST', '/orders', { key, json: order });
    expect(body.data.items).toMatchObject([{ unitPrice: 10, quantity: 2 }]);
  });

  it.each([
    [{}, 'Price is required.'],
    [{ price: null }, 'Price is required.'],
    [{ price: -0.01 }, 'Price must be between 0 and 1,000,000.'],
    [{ price: 1_000_000.01 }, 'Price must be between 0 and 1,000,000.'],
    [{ price: '8.5' }, 'Price must be between 0 and 1,000,000.'],
    [{ price: 0.001 }, 'Price must have at most 2 decimal places.'],
    [[], 'Invalid JSON body.'],
    [5, 'Invalid JSON body.'],
  ])('refuse %j', async (json, error) => {
    const { status, body } = await put(await customer(), flour, json);
    expect({ status, body }).toEqual(problem(400, 'validation', error));
  });

  it('walk through every price once', async () => {
    const id = await customer();
    const many = await productsFor(
      company,
      Array.from({ length: 25 }, (_, n) => ({ name: `Item ${n % 5}`, sku: `I-${n}` })),
    );
    for (const product of many) await put(id, product, { price: 1 });
    for (const limit of [4, 5, 100]) {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { body } = await list(id, `?limit=${limit}${cursor && `&cursor=${cursor}`}`);
        seen.push(...body.data.map(({ productId }: { productId: string }) => productId));
        cursor = body.pagination.nextCursor;
      }
      expect(seen.toSorted()).toEqual(many.toSorted());
    }
    for (const cursor of ['', 'x', encodeCursor({ sort: 'created', key: 'a', id: 'b' })]) {
      expect(await list(id, `?cursor=${cursor}`)).toMatchObject(
        problem(400, 'validation', 'Invalid cursor.'),
      );
    }
  });

  it('are of a customer and a product there are, of the same company', async () => {
    const id = await customer();
    const price = { price: 1 };
    for (const nobody of ['cus_01k9h7m3v8e4nspb3s0h8x2v7q', 'x', '%00', flour]) {
      expect(await list(nobody)).toMatchObject(NO_CUSTOMER);
      expect(await put(nobody, flour, price)).toMatchObject(NO_CUSTOMER);
      expect(await remove(nobody, flour)).toMatchObject(NO_CUSTOMER);
    }
    for (const nothing of ['prd_01k9h7m3v8e4nspb3s0h8x2v7q', 'x', '%00', id]) {
      expect(await put(id, nothing, price)).toMatchObject(NO_PRODUCT);
      expect(await remove(id, nothing)).toMatchObject(NO_PRODUCT);
    }
    await put(id, flour, price);
    const foreign = await call('GET', `/customers/${id}/prices`, { key: foreignKey });
    expect(foreign).toMatchObject(NO_CUSTOMER);
    expect(await put(id, flour, { price: 2 }, foreignKey)).toMatchObject(NO_CUSTOMER);
    expect(await remove(id, flour, foreignKey)).toMatchObject(NO_CUSTOMER);
    expect((await list(id)).body.data).toMatchObject([price]);
  });

  it('need the scope for customers', async () => {
    const { key: reader } = await apiKeyFor(company, ['customers:read', 'products:write']);
    const id = await customer();
    const lacks = 'Insufficient permissions. This key lacks the "customers:write" scope.';
    expect((await call('GET', `/customers/${id}/prices`, { key: reader })).status).toBe(200);
    for (const answer of [
      await put(id, flour, { price: 1 }, reader),
      await remove(id, flour, reader),
    ])
      expect(answer).toMatchObject(problem(403, 'forbidden', lacks));
  });
});

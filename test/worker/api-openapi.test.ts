import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '#src/permissions.ts';
import { type Answer, call, expectDocumented, openApi } from '../api.ts';
import { apiShop } from '../api-shop.ts';

describe('GET /api/v1/openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(await openApi()));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('names the scope of every operation and describes how it fails', async () => {
    const { paths } = await openApi();
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(operations.length).toBeGreaterThan(3);
    for (const operation of operations) {
      expect(operation).toMatchObject({
        operationId: expect.any(String),
        summary: expect.any(String),
      });
      const [scope] =
        (operation as unknown as { security: { apiKey: string[] }[] }).security[0]?.apiKey ?? [];
      expect(SCOPES).toContain(scope);
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(['401', '403', '429', '500']),
      );
    }
  });

  it('knows every field of an answer, however deep', async () => {
    const shop = await apiShop();
    const { key, customerId } = shop;
    const json = { name: 'Flour', price: 1, stock: 9 };
    const { body } = await call('POST', '/products', { key, json });
    const address = { line1: 'Main St 1', city: 'Springfield' };
    const items = [{ productId: body.data.id, quantity: 1 }];
    const order = await shop.post({ customerId, items, shippingAddress: address });
    const orders = await call('GET', '/orders', { key });
    const refusal = await shop.post({});
    const withMore = ({ body: whole, ...answer }: Answer, path: (string | number)[]): Answer => {
      const copy = structuredClone(whole);
      // oxlint-disable-next-line typescript/no-explicit-any -- whatever is there
      path.reduce<any>((object, part) => object[part], copy).surplus = 1;
      return { ...answer, body: copy };
    };
    const path = `/orders/${order.body.data.id}`;
    for (const [method, pathname, answer, places] of [
      ['POST', '/orders', order, [[], ['data'], ['data', 'shippingAddress'], ['data', 'items', 0]]],
      ['GET', path, await call('GET', path, { key }), [['data', 'shippingAddress']]],
      ['GET', '/orders', orders, [[], ['pagination'], ['data', 0], ['data', 0, 'items', 0]]],
      ['POST', '/orders', refusal, [[], ['fields', 0]]],
    ] as const) {
      for (const place of places) {
        const more = expectDocumented(method, pathname, withMore(answer, [...place]));
        await expect(more, `${method} ${pathname} ${place.join('.')}`).rejects.toMatchObject({
          actual: [{ params: { additionalProperty: 'surplus' } }],
        });
      }
    }
  });

  it('changes only on purpose', async () => {
    await expect(JSON.stringify(await openApi(), null, 2)).toMatchFileSnapshot('openapi.json.snap');
  });
});

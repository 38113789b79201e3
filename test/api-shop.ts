import { expect } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { type Answer, call } from './api.ts';
import { everythingOf } from './company-rows.ts';
import { freshCompany } from './context.ts';
import { apiKeyFor } from './server.ts';

/** A company that is asked over the API, with a customer; and the key of another company. */
export interface ApiShop {
  company: CompanyFixture;
  key: string;
  foreignKey: string;
  customerId: Id<'customer'>;
  someCustomer(fields?: object): Promise<Id<'customer'>>;
  post(order: unknown, headers?: Record<string, string>): Promise<Answer>;
  stockOf(product: Id<'product'>): Promise<number | undefined>;
}

let count = 0;

export async function apiShop(options: Parameters<typeof freshCompany>[0] = {}): Promise<ApiShop> {
  const company = await freshCompany({ apiRateLimit: 5000, ...options });
  const [{ key }, foreign] = await Promise.all([
    apiKeyFor(company),
    freshCompany().then((other) => apiKeyFor(other)),
  ]);
  const someCustomer = async (fields: object = {}) => {
    const json = { email: `buyer${(count += 1)}@shop.test`, name: 'Acme', ...fields };
    return (await call('POST', '/customers', { key, json })).body.data.id;
  };
  return {
    company,
    key,
    foreignKey: foreign.key,
    customerId: await someCustomer(),
    someCustomer,
    post: (json, headers = {}) => call('POST', '/orders', { key, json, headers }),
    async stockOf(product) {
      const { stock_levels: rows = [] } = await everythingOf(company);
      const levels = rows as { row: { product_id: string; on_hand: number } }[];
      return levels.find(({ row }) => row.product_id === product)?.row.on_hand;
    },
  };
}

/** What an answer that fails looks like. */
export const problem = (status: number, code: string, error: string) => ({
  status,
  body: { error, code },
});
export const bad = (error: string) => problem(400, 'validation', error);
export const rule = (error: string) => problem(422, 'rule', error);
export const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

import { beforeAll, describe, expect, it } from 'vitest';
import { encodeCursor } from '#src/lib/cursor.ts';
import { UNSTORABLE } from '#src/lib/fields.ts';
import { call } from '../api.ts';
import { freshCompany } from '../context.ts';
import { apiKeyFor } from '../server.ts';

const TOTAL = 60;
let key: string;
let newestFirst: string[];

const list = (query = '') => call('GET', `/products${query}`, { key });
const create = async (json: object): Promise<string> => {
  const product = { name: 'Late', price: 1, stock: 1, ...json };
  return (await call('POST', '/products', { key, json: product })).body.data.id;
};

beforeAll(async () => {
  ({ key } = await apiKeyFor(await freshCompany({ apiRateLimit: 2000 })));
  const ids: string[] = [];
  for (let n = 0; n < TOTAL; n += 1) {
    ids.push(
      await create({
        name: n % 2 ? `Größe №${n} 100%_\\` : `Widget ${n}`,
        sku: `Sku-${n}`,
        category: ['Tools', 'tools', null][n % 3],
        description: n === 7 ? 'With a handle\nof widget make' : null,
        isActive: n % 4 !== 0,
      }),
    );
  }
  newestFirst = ids.toReversed();
});

async function walk(query: string, meanwhile?: () => Promise<unknown>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await list(`?${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    ids.push(...body.data.map(({ id }: { id: string }) => id));
    expect(body.pagination.hasMore).toBe(body.pagination.nextCursor !== null);
    cursor = body.pagination.nextCursor;
    await meanwhile?.();
  }
  return ids;
}

describe('GET /api/v1/products', () => {
  it('walks through every product once, newest first', async () => {
    for (const limit of [7, 50, 100]) expect(await walk(`limit=${limit}`)).toEqual(newestFirst);
    expect((await list()).body.data).toHaveLength(50);
  });

  it('neither skips nor repeats while products are added', async () => {
    const added: string[] = [];
    const walked = await walk('limit=20', async () => {
      added.push(await create({}));
    });
    expect(walked).toEqual(newestFirst);
    newestFirst = [...added.toReversed(), ...newestFirst];
  });

  it('filters by category as it is written, and by what is active', async () => {
    const categories = async (query: string) =>
      (await list(`?limit=100&${query}`)).body.data.map(
        ({ category }: { category: string }) => category,
      );
    expect(await categories('category=Tools')).toEqual(Array(TOTAL / 3).fill('Tools'));
    expect(await categories('category=TOOLS')).toEqual([]);
    expect((await list('?limit=100&active=false')).body.data).toHaveLength(TOTAL / 4);
    const { data } = (await list('?limit=100&active=false&category=tools')).body;
    expect(data).toHaveLength(TOTAL / 12);
    for (const { isActive, category } of data) {
      expect({ isActive, category }).toEqual({ isActive: false, category: 'tools' });
    }
  });

  it('searches in name, SKU and category, whatever the case, and not in what describes them', async () => {
    const find = async (search: string, more = '') => {
      const answer = await list(`?limit=100&search=${encodeURIComponent(search)}${more}`);
      return answer.body.data.map(({ sku }: { sku: string }) => sku);
    };
    expect(await find('GRÖSSE')).toEqual([]);
    expect(await find('GRÖẞE №11 100')).toEqual(['Sku-11']);
    expect(await find('sku-5')).toHaveLength(11);
    for (const text of ['A HANDLE', 'wi', 'handle\nof']) {
      expect(await find(text), text).not.toContain('Sku-7');
    }
    expect(await find('0%_\\')).toHaveLength(TOTAL / 2);
    expect(await find('0%_\\%')).toEqual([]);
    expect(await find('tOOL')).toHaveLength((TOTAL * 2) / 3);
    expect(await find('tool', '&category=Tools&active=true')).toHaveLength(TOTAL / 4);
    expect(await find('  widget 8  ')).toEqual(['Sku-8']);
    expect(await walk('search=sku-&limit=11')).toEqual(newestFirst.slice(-TOTAL));
  });

  it('refuses what makes no sense', async () => {
    const refused = async (query: string, error: string) =>
      expect(await list(query), query).toMatchObject({
        status: 400,
        body: { error, code: 'validation' },
      });
    for (const active of ['1', 'TRUE', '', 'true&active=false']) {
      await refused(`?active=${active}`, 'Active must be true or false.');
    }
    for (const cursor of [
      '',
      'x',
      encodeCursor({ sort: 'name', key: 'a', id: 'prd_x' }),
      encodeCursor({ sort: 'created', key: 'a', id: 'prd_x' }),
      encodeCursor({ sort: 'created', key: '2026-03-01T12:00:00.000Z', id: 'prd_\0' }),
    ]) {
      await refused(`?cursor=${cursor}`, 'Invalid cursor.');
    }
    for (const field of ['search', 'category']) {
      await refused(`?${field}=a%00b`, UNSTORABLE);
      await refused(`?${field}=a&${field}=b`, 'Send each query parameter only once.');
    }
  });

  it('shows each company its own', async () => {
    const other = await apiKeyFor(await freshCompany());
    const { body } = await call('GET', '/products?search=sku', { key: other.key });
    expect(body).toEqual({ data: [], pagination: { hasMore: false, nextCursor: null } });
  });
});

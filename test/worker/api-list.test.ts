import { beforeAll, describe, expect, it } from 'vitest';
import { encodeCursor } from '#src/lib/cursor.ts';
import { UNSTORABLE } from '#src/lib/fields.ts';
import { call } from '../api.ts';
import { freshCompany } from '../context.ts';
import { apiKeyFor } from '../server.ts';

const TOTAL = 120;
let key: string;
let newestFirst: string[];

const list = (query = '') => call('GET', `/customers${query}`, { key });
const create = async (json: object): Promise<string> =>
  (await call('POST', '/customers', { key, json })).body.data.id;

beforeAll(async () => {
  ({ key } = await apiKeyFor(await freshCompany({ apiRateLimit: 2000 })));
  const ids: string[] = [];
  for (let n = 0; n < TOTAL; n += 1) {
    const status = n % 3 === 0 ? 'BLOCKED' : 'ACTIVE';
    ids.push(
      await create({ email: `b${n}@list.test`, name: n % 2 ? `Büro №${n} 100%_\\` : null, status }),
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

describe('GET /api/v1/customers', () => {
  it.each([
    ['', 50],
    ['?limit=7', 7],
    ['?limit=100', 100],
    ['?limit=101', 100],
    ['?limit=1e9', 100],
    ['?limit=Infinity', 100],
    ['?limit=0', 1],
    ['?limit=-5', 1],
    ['?limit=-Infinity', 1],
    ['?limit=2.9', 2],
    ['?limit=', 50],
    ['?limit=%20', 50],
    ['?limit=ten', 50],
    ['?limit=NaN', 50],
    ['?limit=5&limit=6', 50],
    ['?limit=%00', 50],
  ])('corrects the limit of %j to %i', async (query, rows) => {
    const { status, body } = await list(query);
    expect(status).toBe(200);
    expect(body.data).toHaveLength(rows);
    expect(body.pagination.hasMore).toBe(true);
  });

  it('walks through every customer once, newest first', async () => {
    for (const limit of [7, 60, 100]) expect(await walk(`limit=${limit}`)).toEqual(newestFirst);
  });

  it('neither skips nor repeats while customers are added', async () => {
    const added: string[] = [];
    const walked = await walk('limit=30', async () => {
      added.push(await create({ email: `late${added.length}@list.test` }));
    });
    expect(walked).toEqual(newestFirst);
    newestFirst = [...added.toReversed(), ...newestFirst];
  });

  it('filters by status and searches in email and name, whatever the case', async () => {
    const all = (await list('?limit=100&status=BLOCKED')).body.data;
    expect(all).toHaveLength(TOTAL / 3);
    const find = async (search: string, more = '') => {
      const answer = await list(`?limit=100&search=${encodeURIComponent(search)}${more}`);
      return answer.body.data.map(({ email }: { email: string }) => email).toSorted();
    };
    expect(await find('B11@LIST')).toEqual(['b11@list.test']);
    expect(await find('BÜRO №11 100')).toEqual(['b11@list.test']);
    expect(await find('11', '&status=BLOCKED')).toEqual([
      'b111@list.test',
      'b114@list.test',
      'b117@list.test',
    ]);
    expect(await find('100%_\\')).toHaveLength(60);
    expect(await find('0%_\\%')).toEqual([]);
    expect(await find('b__@list')).toEqual([]);
    expect(await find('  b7@list  ')).toEqual(['b7@list.test']);
    expect(await walk('search=list.test&limit=40')).toEqual(newestFirst);
    expect((await list('?search=')).body.data).toHaveLength(50);
  });

  it.each(['active', 'x', '', 'ACTIVE%00', 'ACTIVE&status=BLOCKED'])(
    'refuses status=%s',
    async (status) => {
      expect(await list(`?status=${status}`)).toMatchObject({
        status: 400,
        body: { error: 'Invalid status.', code: 'validation' },
      });
    },
  );

  it('refuses a cursor that is not ours', async () => {
    const at = '2026-03-01T12:00:00.000Z';
    const foreign = [
      '',
      'x',
      '%00',
      '%ff',
      '😀',
      'W10',
      btoa('[1,2,3]'),
      encodeCursor({ sort: 'name', key: 'a', id: 'cus_x' }),
      encodeCursor({ sort: 'created', key: 'a', id: 'cus_x' }),
      encodeCursor({ sort: 'created', key: '2026-13-41T12:00:00.000Z', id: 'cus_x' }),
      encodeCursor({ sort: 'created', key: at, id: 'cus_\0' }),
      encodeCursor({ sort: 'created', key: at, id: 'x' }).repeat(2),
      'A'.repeat(5000),
    ];
    for (const cursor of foreign) {
      const answer = await list(
        `?cursor=${cursor.startsWith('%') ? cursor : encodeURIComponent(cursor)}`,
      );
      expect(answer, cursor).toMatchObject({
        status: 400,
        body: { error: 'Invalid cursor.', code: 'validation' },
      });
    }
  });

  it('refuses what cannot be stored, and what is sent twice', async () => {
    expect((await list('?search=a%00b')).body.error).toBe(UNSTORABLE);
    for (const query of ['search=a&search=b', 'cursor=a&cursor=b']) {
      expect((await list(`?${query}`)).body.error).toBe('Send each query parameter only once.');
    }
  });

  it('shows each company its own', async () => {
    const other = await apiKeyFor(await freshCompany());
    const { body } = await call('GET', '/customers?search=list', { key: other.key });
    expect(body).toEqual({ data: [], pagination: { hasMore: false, nextCursor: null } });
  });
});

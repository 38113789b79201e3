import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { encodeCursor } from '#src/lib/cursor.ts';
import { markSeen } from '#src/notifications/mark-seen.ts';
import { listNotifications } from '#src/notifications/queries.ts';
import { checkViewer } from '#src/tenant.ts';
import { as, freshCompany } from '../context.ts';
import { buffers, indexes, LOAD_OTHERS, plansOf, scanned } from './plans.ts';

/** A busy month: of every ten events one is an order that nobody has looked at yet. */
const EVENTS = 100_000;

let company: CompanyFixture;
const owner = () => as(company, 'OWNER');

beforeAll(async () => {
  company = await freshCompany();
  const client = await connectOwner(inject('ownerUrl'));
  try {
    await client.query(LOAD_OTHERS);
    await client.query(LOAD.replaceAll('{company}', company.id));
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}, 200_000);

describe('at 100,000 events', () => {
  it('every page counts what is new by the index, and the list is read by it', async () => {
    const list = (input: object) => () => listNotifications(owner(), { limit: 25, ...input });
    const key = new Date(Date.now() - 10 * 86_400_000).toISOString();
    const cursor = encodeCursor({ sort: 'notifications', key, id: `evt_${'0'.repeat(26)}` });
    const asked = {
      'any page': () => checkViewer(owner(), 'dashboard:read'),
      'the list': list({}),
      'the list, ten days ago': list({ cursor }),
      'the list, backwards': list({ cursor, backwards: true }),
      'reading all': () => markSeen(owner(), null),
      'any page, when all is read': () => checkViewer(owner(), 'dashboard:read'),
    };
    const figures: Record<string, number> = {};
    for (const [name, work] of Object.entries(asked)) {
      const plans = await plansOf(work);
      expect(scanned(plans), name).toEqual([]);
      expect(indexes(plans), name).toContain('events_news');
      // The rest is what checking the viewer costs.
      figures[name] = buffers(plans.filter(({ query }) => /from "?events/.test(query)));
      expect(figures[name], name).toBeLessThan(name.startsWith('the list') ? 100 : 20);
    }
    console.table(figures);
  });
});

const LOAD = `
  alter table events disable trigger user;
  insert into events (company_id, id, type, entity_id, snapshot, actor_type, actor_id, news, transaction, created_at)
    select case when n % 2 = 0 then '{company}' else 'com_other' || n % 5000 + 1 end,
      'evt_' || lpad(n::text, 26, '0'), case when n % 20 < 2 then 'order.created' else 'product.updated' end,
      'ord_' || n, jsonb_build_object('number', n, 'lines', repeat('x', 1500)), 'CUSTOMER', 'cus_' || n % 100,
      n % 20 < 2, n, now() - (2 * ${EVENTS} - n) * interval '12 seconds'
    from generate_series(1, 2 * ${EVENTS}) as n;
  alter table events enable trigger user;
  update memberships set notifications_seen_at = now() - interval '30 days' where company_id = '{company}';`;

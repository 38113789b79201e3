import { inArray } from 'drizzle-orm';
import { type CompanyFixture, enterCompany } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { webhookAttempts, webhookDeliveries } from '#db/schema/index.ts';
import { EVENT_TYPES } from '#src/events/event-types.ts';
import { context, freshCompany } from '../context.ts';
import { someEvents, switchOff, webhookFor } from '../webhooks.ts';
import type { WalkedPage } from './pages.ts';

const LONG = `https://integrations.a-rather-long-domain.example.com/${'distribu/'.repeat(20)}`;
const PATH = '/dashboard/settings/webhooks';

/** Webhooks in every state, and what was sent to them. None of them can be reached. */
export async function webhookPages(
  company: CompanyFixture,
  fresh: CompanyFixture,
): Promise<WalkedPage[]> {
  const failingSince = new Date();
  const { id } = await webhookFor(company, 'https://erp.example.com/hook', {
    events: ['customer.created', 'order.created', 'order.shipped', 'product.updated'],
    failingSince,
  });
  const [untried, ...deliveries] = await someEvents(company, 28);
  await switchOff(company, id);
  const off = await webhookFor(company, LONG, { active: false, events: [...EVENT_TYPES] });
  await webhookFor(company, 'https://gone.example.com/', { active: false, disabledReason: 'gone' });
  const empty = await webhookFor(company, 'https://new.example.com/hook', {
    events: ['return.created'],
  });
  const oldPort = await webhookFor(company, 'https://erp.example.com:5432/hook');
  await tried(company, deliveries);
  const page = (name: string, path: string, of = company) => ({
    name: `webhook${name}`,
    path: PATH + path,
    company: of,
  });
  const fields = { webhookId: newId('webhook'), url: 'https://192.168.0.1/hook', active: 'on' };
  return [
    page('s', ''),
    page('s-fresh', '', fresh),
    page('-new', '/new'),
    page('-old-port', `/${oldPort.id}`),
    { ...page('-refused', '/new'), fields },
    {
      // Each visit makes one.
      ...page('-created', '/new', await freshCompany()),
      fields: { url: 'https://erp.example.com/hook', events: ['order.created'], active: 'on' },
    },
    page('-off', `/${id}`),
    page('-long', `/${off.id}`),
    page('-empty', `/${empty.id}`),
    page('-none-failed', `/${id}?state=failed`),
    page('-edit', `/${off.id}/edit`),
    page('-delivery', `/${id}/deliveries/${deliveries[2]}`),
    page('-delivery-untried', `/${id}/deliveries/${untried}`),
  ];
}

const ANSWERS = [
  { statusCode: 200, durationMs: 84, responseBody: 'OK' },
  {
    statusCode: 500,
    durationMs: 1240,

    responseBody: `<h1>Broken</h1>\n${LONG}`,
  },
  { statusCode: null, durationMs: 10_000, error: 'No answer within 10 seconds.' },
];
const STATES = ['delivered', 'pending', 'failed'] as const;

/** Every third delivery has arrived, every third is tried again, every third has failed. */
async function tried(company: CompanyFixture, deliveries: Id<'delivery'>[]): Promise<void> {
  const { db } = context({ kind: 'nobody' });
  const [, broken, silent] = ANSWERS;
  const attempts = deliveries.flatMap(
    (deliveryId, index) =>
      [ANSWERS.slice(0, 1), [broken, broken], [broken, broken, silent]][index % 3]?.map(
        (answer) => ({ companyId: company.id, deliveryId, durationMs: 0, ...answer }),
      ) ?? [],
  );
  const ofState = (state: number) => deliveries.filter((_, index) => index % 3 === state);
  await db.batch([
    enterCompany(db, company.id),
    db.insert(webhookAttempts).values(attempts),
    ...STATES.map((state, index) =>
      db
        .update(webhookDeliveries)
        .set({ state, tries: index + 1 })
        .where(inArray(webhookDeliveries.id, ofState(index))),
    ),
  ]);
}

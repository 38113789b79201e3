import type { events } from '#db/schema/index.ts';
import type { EventType } from '../events/event-types.ts';
import { formatNumber } from '../lib/format-number.ts';
import { formatMoney } from '../lib/money.ts';

export type ActorType = (typeof events.$inferSelect)['actorType'];

/** What a sentence may need of an event's snapshot; null where the resource has no such thing. */
export interface Told {
  /** Of the customer, or of the product. */
  name: string | null;
  email: string | null;
  number: number | null;
  customerName: string | null;
  customerEmail: string | null;
  source: string | null;
  totalCents: number | null;
  currency: string | null;
  stock: number | null;
}

export const TOLD = [
  'name',
  'email',
  'number',
  'customerName',
  'customerEmail',
  'source',
  'totalCents',
  'currency',
  'stock',
] as const satisfies (keyof Told)[];

interface News {
  /** Whose doing it has to be; null = anybody's. */
  by: ActorType | null;
  sentence: (told: Told) => string;
}

/** What the bell tells of, and in what words. `is_news()` (db/sql/notifications.sql) knows the same events. */
export const NEWS = {
  'order.created': { by: null, sentence: orderPlaced },
  // The one step a customer can take.
  'order.status_changed': {
    by: 'CUSTOMER',
    sentence: (told) => `${buyer(told) ?? 'A customer'} cancelled order #${told.number}.`,
  },
  'product.low_stock': {
    by: null,
    sentence: ({ name, stock }) =>
      stock ? `${name} is running low: ${formatNumber(stock)} left.` : `${name} is out of stock.`,
  },
  'customer.created': {
    by: 'CUSTOMER',
    sentence: ({ name, email }) => `${name ?? email} registered at your storefront.`,
  },
} as const satisfies Partial<Record<EventType, News>>;

export type NewsType = keyof typeof NEWS;

const buyer = ({ customerName, customerEmail }: Told) => customerName ?? customerEmail;

function orderPlaced(told: Told): string {
  const { number, source, totalCents, currency } = told;
  const who = buyer(told);
  const total = currency === null ? '' : ` for ${formatMoney(totalCents ?? 0, currency)}`;
  if (source === 'STOREFRONT' && who) return `${who} placed order #${number}${total}.`;
  const whose = who === null ? '' : ` of ${who}`;
  return `Order #${number}${whose}${total} came in over the API.`;
}

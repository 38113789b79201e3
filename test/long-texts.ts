import { type CompanyFixture, enterCompany, enterSystem } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import {
  addresses,
  apiKeys,
  auditEntries,
  cartLines,
  contacts,
  customers,
  events,
  imports,
  orderNumbers,
  orders,
  priceOverrides,
  staffSessions,
  webhookAttempts,
  webhookDeliveries,
  webhooks,
} from '#db/schema/index.ts';
import { customerKeys } from '#src/customers/keys.ts';
import { SCOPES } from '#src/permissions.ts';
import { EVENT_TYPES } from '#src/events/event-types.ts';
import { newSecret } from '#src/webhooks/signature.ts';
import { context } from './context.ts';

/** What takes most of a page: a quote is six bytes of HTML. */
export const quotes = (length: number) => '"'.repeat(length);
const times = <T>(count: number, make: (n: number) => T) =>
  Array.from({ length: count }, (_, n) => make(n));
/** No address may have a quote: these take five bytes. */
const email = (n: number) => `${n}-${'&'.repeat(200)}@x.test`;
const ADDRESS = {
  label: quotes(100),
  line1: quotes(200),
  line2: quotes(200),
  city: quotes(200),
  region: quotes(100),
  postalCode: quotes(20),
  country: quotes(100),
};

/**
 * Fills the lists of a company with rows of the longest texts: more than a page of each, and of what belongs to this
 * customer as many as there may be.
 */
export async function longTexts(
  { id: companyId, staff: [owner] }: CompanyFixture,
  customerId: Id<'customer'>,
  productIds: readonly Id<'product'>[],
) {
  const { db } = context({ kind: 'nobody' });
  if (!owner) throw new Error('The company has no owner.');
  const createdBy = owner.userId;
  const ids = {
    webhook: newId('webhook'),
    delivery: newId('delivery'),
    import: newId('import'),
    order: newId('order'),
    contact: newId('contact'),
    address: newId('address'),
  };
  const change = { from: quotes(2000), to: quotes(2000) };
  const names = { customerName: quotes(200), placedByName: quotes(100) };
  const amounts = { subtotalCents: 0, taxRatePpm: 0, taxCents: 0, shippingCents: 0, totalCents: 0 };
  const eventIds = times(60, () => newId('event'));
  const isFirst = <T>(n: number, first: T, other: T) => (n === 0 ? first : other);
  await db.batch([
    enterCompany(db, companyId),
    db.insert(customers).values(
      times(60, (n) => {
        const who = { email: email(n), name: quotes(200) };
        return { id: newId('customer'), companyId, ...who, ...customerKeys(who) };
      }),
    ),
    db.insert(contacts).values(
      times(200, (n) => ({
        id: isFirst(n, ids.contact, newId('contact')),
        companyId,
        customerId,
        email: email(100 + n),
        name: quotes(100),
        role: 'BUYER' as const,
      })),
    ),
    db.insert(addresses).values(
      times(200, (n) => ({
        id: isFirst(n, ids.address, newId('address')),
        companyId,
        customerId,
        ...ADDRESS,
        isDefault: n === 0,
      })),
    ),
    db
      .insert(priceOverrides)
      .values(
        productIds
          .slice(0, 60)
          .map((productId) => ({ companyId, customerId, productId, priceCents: 100_000_000 })),
      ),
    db
      .insert(cartLines)
      .values(productIds.map((productId) => ({ companyId, customerId, productId, quantity: 1 }))),
    db.insert(orders).values(
      times(60, (n) => ({
        id: isFirst(n, ids.order, newId('order')),
        companyId,
        number: 900_000_000 + n,
        source: 'STOREFRONT' as const,
        customerId,
        customerEmail: email(0),
        ...names,
        placedById: ids.contact,
        shippingAddress: ADDRESS,
        poNumber: quotes(50),
        notes: quotes(2000),
        currency: 'USD',
        ...amounts,
        lineCount: 500,
        searchKey: quotes(50),
      })),
    ),
    db.insert(orderNumbers).values({ companyId, last: 900_000_060 }),
    db.insert(auditEntries).values(
      times(60, () => ({
        companyId,
        actorType: 'CUSTOMER' as const,
        actorName: quotes(200),
        action: 'CustomerUpdated',
        entityType: 'Customer',
        entityId: customerId,
        entityName: quotes(200),
        details: Object.fromEntries(times(12, (n) => [`field${n}`, change])),
      })),
    ),
    db.insert(webhooks).values(
      times(10, (n) => ({
        id: isFirst(n, ids.webhook, newId('webhook')),
        companyId,
        url: `https://x.test/${'&'.repeat(2000)}`,
        events: EVENT_TYPES.slice(),
        secret: newSecret(),
        active: false,
      })),
    ),
    db.insert(events).values(
      eventIds.map((id, n) => ({
        id,
        companyId,
        type: 'order.created',
        entityId: ids.order,
        transaction: n,
        news: true,
        actorType: 'CUSTOMER' as const,
        actorId: customerId,
        snapshot: { number: 1, customerName: quotes(200), totalCents: 1, currency: 'USD' },
      })),
    ),
    db.insert(webhookDeliveries).values(
      eventIds.map((eventId, n) => ({
        id: isFirst(n, ids.delivery, newId('delivery')),
        companyId,
        webhookId: ids.webhook,
        eventId,
        state: 'failed' as const,
      })),
    ),
    db.insert(webhookAttempts).values(
      times(100, () => ({
        companyId,
        deliveryId: ids.delivery,
        durationMs: 99_999,
        error: quotes(300),
        responseBody: quotes(2000),
      })),
    ),
    db.insert(apiKeys).values(
      times(210, (n) => ({
        id: newId('apiKey'),
        companyId,
        name: quotes(100),
        prefix: 'dk_123456789',
        hash: `${ids.webhook}-${n}`,
        scopes: SCOPES.slice(),
        createdBy,
      })),
    ),
    db.insert(imports).values(
      times(25, (n) => ({
        id: isFirst(n, ids.import, newId('import')),
        companyId,
        kind: 'customers' as const,
        state: 'failed' as const,
        failure: quotes(300),
        fileName: quotes(100),
        startedBy: createdBy,
        startedByName: quotes(100),
      })),
    ),
    enterSystem(db),
    db.insert(staffSessions).values(
      times(110, () => ({
        id: newId('session'),
        userId: createdBy,
        companyId,
        userAgent: quotes(300),
        expiresAt: new Date(Date.now() + 86_400_000),
      })),
    ),
  ]);
  return ids;
}

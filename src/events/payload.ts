import { z } from 'zod';
import type { events } from '#db/schema/index.ts';
import { ProductOut, productOut } from '../catalog/product-out.ts';
import { customerOut } from '../customers/queries.ts';
import { CustomerOut } from '../customers/schema.ts';
import { fromSnapshot } from '../lib/snapshot.ts';
import { OrderDetailOut, orderDetailOut } from '../orders/order-out.ts';
import { EVENTS, type EventType } from './event-types.ts';

const versioned = {
  version: z.int().meta({
    description:
      'Grows with every event of this resource: drop what is older than what you have seen.',
    example: 7,
  }),
};

/** What an event's `data` is: the resource as the API shows it. */
export const EVENT_DATA = {
  order: OrderDetailOut.extend({
    ...versioned,
    previousStatus: OrderDetailOut.shape.status
      .optional()
      .meta({ description: 'Where the status has changed: the one before.' }),
  }).meta({ id: 'OrderEvent' }),
  customer: CustomerOut.extend(versioned).meta({ id: 'CustomerEvent' }),
  product: ProductOut.extend(versioned).meta({ id: 'ProductEvent' }),
} as const;

export type StoredEvent = Pick<
  typeof events.$inferSelect,
  'type' | 'snapshot' | 'version' | 'createdAt'
>;

/**
 * The body of a delivery, `{ event, timestamp, data }`, the same text however often it is made.
 * @param origin where pictures are served
 */
export function payloadOf(event: StoredEvent, origin: string): string {
  return JSON.stringify({
    event: event.type,
    timestamp: event.createdAt.toISOString(),
    data: dataOf(event, origin),
  });
}

function dataOf({ type, snapshot, version }: StoredEvent, origin: string): unknown {
  const kind = type in EVENTS ? EVENTS[type as EventType].data : null;
  switch (kind) {
    case 'order': {
      const { previousStatus } = snapshot;
      return EVENT_DATA.order.parse({
        ...orderDetailOut(fromSnapshot(snapshot)),
        version,
        previousStatus,
      });
    }
    case 'customer':
      return EVENT_DATA.customer.parse({ ...customerOut(fromSnapshot(snapshot)), version });
    case 'product':
      return EVENT_DATA.product.parse({ ...productOut(fromSnapshot(snapshot), origin), version });
    case null:
      return snapshot;
  }
}

/**
 * Everything a company can be told of, in the words of "Webhooks". `data` says what resource the payload carries; null:
 * declared, and fired by nothing yet.
 */
export const EVENTS = {
  'order.created': { data: 'order', summary: 'A customer or the API has placed an order.' },
  'order.status_changed': { data: 'order', summary: 'An order has another status.' },
  'order.shipped': { data: 'order', summary: 'An order has been shipped.' },
  'order.cancelled': { data: 'order', summary: 'An order has been cancelled.' },
  'customer.created': { data: 'customer', summary: 'There is a new customer.' },
  'customer.updated': { data: 'customer', summary: 'A customer has been changed.' },
  'product.updated': { data: 'product', summary: 'A product or its stock has been edited.' },
  'product.low_stock': { data: 'product', summary: 'Stock has fallen to its threshold.' },
  'invoice.paid': { data: null, summary: 'An invoice has been paid.' },
  'return.created': { data: null, summary: 'A customer has asked for a return.' },
  'return.approved': { data: null, summary: 'A return has been approved.' },
  'refund.processed': { data: null, summary: 'A refund has been made.' },
} as const satisfies Record<
  string,
  { data: 'order' | 'customer' | 'product' | null; summary: string }
>;

export type EventType = keyof typeof EVENTS;

export const EVENT_TYPES = Object.keys(EVENTS) as [EventType, ...EventType[]];

/** What a webhook can be sent to see whether it arrives; nobody subscribes to it. */
export const TEST_EVENT = 'webhook.test';

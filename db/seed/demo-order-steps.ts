import type { OrderStatus } from '#src/orders/order-status.ts';
import type { Random } from './random.ts';

const HOUR_MS = 3_600_000;

/** Who did something, as orders and the audit log name them. */
export interface Person {
  type: 'USER' | 'CUSTOMER' | 'API_KEY';
  id: string;
  name: string;
}

export interface Step {
  at: Date;
  from: OrderStatus;
  to: OrderStatus;
  by: Person;
}

/** What comes after, and how many hours it takes until then. */
const ROUTE: [to: OrderStatus, least: number, most: number][] = [
  ['CONFIRMED', 3, 30],
  ['SHIPPED', 12, 40],
  ['DELIVERED', 24, 70],
];

/** The way of an order, as far as it ever goes; some of it may lie ahead. */
export function stepsOf(of: {
  by: Person;
  source: 'STOREFRONT' | 'DASHBOARD' | 'API';
  staff: [Person, ...Person[]];
  createdAt: Date;
  cancelled: boolean;
  chance: Random;
}): Step[] {
  const { by, source, staff, createdAt, cancelled, chance } = of;
  const after = (from: Date, least: number, most: number) =>
    new Date(from.getTime() + (least + chance.next() * (most - least)) * HOUR_MS);
  if (cancelled) {
    const actor = source === 'STOREFRONT' ? by : chance.pick(staff);
    return [{ at: after(createdAt, 0.2, 3), from: 'SUBMITTED', to: 'CANCELLED', by: actor }];
  }
  let at = createdAt;
  let from: OrderStatus = 'SUBMITTED';
  return ROUTE.map(([to, least, most]) => {
    at = after(at, least, most);
    const step = { at, from, to, by: chance.pick(staff) };
    from = to;
    return step;
  });
}

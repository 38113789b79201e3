import { type Id, newId } from '../ids.ts';
import type { OrderStatus } from '#src/orders/order-status.ts';
import type { DemoAddress } from './demo-addresses.ts';
import { type Habit, usually } from './demo-habits.ts';
import { type Person, stepsOf } from './demo-order-steps.ts';
import type { DemoProduct } from './demo-products.ts';
import { type Random, random } from './random.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 91;
/** What is no longer sold was still ordered before. */
const SOLD_OUT_DAYS = 35;
/** Blocked customers ordered before they were. */
const BLOCKED_DAYS = 50;
/** Less than that cannot be taken away and come back later. */
const PLENTY = 40;

/** Somebody who orders. */
export interface DemoCustomer {
  id: Id<'customer'>;
  email: string;
  name: string | null;
  status: 'ACTIVE' | 'BLOCKED';
  createdAt: Date;
  address: DemoAddress;
  habit: Habit;
  /** Those who may order for them at the storefront, and since when. */
  people: { person: Person; since: Date }[];
  /** Their own software orders for them. */
  byApi: boolean;
}

export type DemoOrder = ReturnType<typeof drawOrder>;

interface Cast {
  customers: DemoCustomer[];
  products: DemoProduct[];
  staff: [Person, ...Person[]];
  apiKey: Person;
  now: Date;
  /** When the company's day began. */
  midnight: Date;
}

/** Three months of orders, oldest first, of which some came today. */
export function demoOrders(cast: Cast): DemoOrder[] {
  const { customers } = cast;
  const chance = random(4);
  const due = customers.flatMap((customer) =>
    daysOf(customer, cast.now, chance).map((day) => ({ customer, day })),
  );
  const active = customers.filter(({ status, createdAt }) => {
    return status === 'ACTIVE' && createdAt < cast.midnight;
  });
  const today = chance.some(active, 7).map((customer) => ({ customer, day: 0 }));
  return [...due, ...today]
    .map(({ customer, day }) => drawOrder(cast, customer, day, chance))
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

/** How many days ago a customer ordered: as their habit is, give or take, and hardly on Sundays. */
function daysOf({ status, createdAt, habit }: DemoCustomer, now: Date, chance: Random): number[] {
  // Nobody orders on the day they join.
  const joined = Math.floor((now.getTime() - createdAt.getTime()) / DAY_MS) - 2;
  const days: number[] = [];
  let day = chance.between(1, habit.every);
  while (day < Math.min(DAYS, joined)) {
    const sunday = new Date(now.getTime() - day * DAY_MS).getUTCDay() === 0;
    const ago = sunday && chance.next() < 0.8 ? day + 1 : day;
    if (status === 'ACTIVE' || ago > BLOCKED_DAYS) days.push(ago);
    day += Math.max(1, Math.round(habit.every * (0.7 + chance.next() * 0.6)));
  }
  return days;
}

function drawOrder(cast: Cast, customer: DemoCustomer, day: number, chance: Random) {
  const createdAt = momentOf(cast, day, chance);
  const cancelled = day > 1 && chance.next() < 0.05;
  const { source, by } = orderedBy(cast, customer, createdAt, chance);
  const steps = stepsOf({ by, source, staff: cast.staff, createdAt, cancelled, chance });
  const reached = steps.filter(({ at }) => at <= cast.now);
  const status: OrderStatus = reached.at(-1)?.to ?? 'SUBMITTED';
  return {
    id: newId('order'),
    status,
    source,
    customerId: customer.id,
    customerName: customer.name,
    customerEmail: customer.email,
    placedBy: by,
    address: addressOf(customer.address),
    poNumber: chance.next() < 0.2 ? `PO-${chance.between(2100, 9800)}` : null,
    notes: chance.next() < 0.1 ? chance.pick(NOTES) : null,
    createdAt,
    lines: basket(cast.products, customer.habit, { day, cancelled }, chance),
    steps: reached,
  };
}

const NOTES = [
  'Leave at the back door, please.',
  'Call ten minutes before you arrive.',
  'No substitutions.',
  'Please deliver with tomorrow’s route.',
];

/** An address as an order keeps it. */
function addressOf({ id: _id, isDefault: _isDefault, ...address }: DemoAddress) {
  return address;
}

/** Some time between five in the morning and seven in the evening; today until now. */
function momentOf({ now, midnight }: Cast, day: number, chance: Random): Date {
  const part = chance.next();
  if (day === 0) {
    return new Date(midnight.getTime() + part * (now.getTime() - midnight.getTime()));
  }
  return new Date(midnight.getTime() - day * DAY_MS + (5 + part * 14) * HOUR_MS);
}

function orderedBy({ staff, apiKey }: Cast, customer: DemoCustomer, at: Date, chance: Random) {
  const people = customer.people.filter(({ since }) => since <= at).map(({ person }) => person);
  const way = chance.next();
  const somebody = chance.next();
  if (customer.byApi) return { source: 'API', by: apiKey } as const;
  if (way < 0.25) {
    return {
      source: 'DASHBOARD',
      by: staff[Math.floor(somebody * staff.length)] ?? staff[0],
    } as const;
  }
  const by = people[Math.floor(somebody * people.length)];
  if (!by) throw new Error(`${customer.email} has ordered before they were there.`);
  return { source: 'STOREFRONT', by } as const;
}

/** Most of what the customer usually buys, and sometimes something else. */
function basket(
  products: DemoProduct[],
  { usual }: Habit,
  { day, cancelled }: { day: number; cancelled: boolean },
  chance: Random,
) {
  const sold = ({ active, stock }: DemoProduct) =>
    (active || day > SOLD_OUT_DAYS) && (!cancelled || stock >= PLENTY);
  const other = chance.pick(products);
  const wanted = [
    ...usual.filter(() => chance.next() < 0.7),
    ...(chance.next() < 0.3 && !usual.some(({ product }) => product === other)
      ? [usually(other, chance)]
      : []),
  ].filter(({ product }) => sold(product));
  // If nothing is left of it: what nobody ever runs out of.
  const staples = products.filter(({ active, stock }) => active && stock >= PLENTY);
  const lines = wanted.length > 0 ? wanted : [usually(chance.pick(staples), chance)];
  return lines.map(({ product, quantity, priceCents }) => ({
    productId: product.id,
    quantity: Math.max(1, quantity + chance.between(-1, 1)),
    priceCents,
  }));
}

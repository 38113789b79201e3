import { DAY_MS } from '#src/lib/durations.ts';
import type { Database } from '../client.ts';
import { type Id, newId } from '../ids.ts';
import { cartLines, contacts } from '../schema/index.ts';
import type { SeedCustomer } from './customer-rows.ts';
import type { Habit } from './demo-habits.ts';

const IN_CART = 3;
/** A cart that the demo opens with is one that can be ordered. */
const PLENTY = 40;

/** The customer whose storefront the demo shows. */
export const demoBuyer = (passwordHash: string, now: Date): SeedCustomer => ({
  email: 'buyer@acme.test',
  name: 'Benedikt Buyer, The Daily Table',
  status: 'ACTIVE',
  notes: 'The demo customer. Logs in at the storefront.',
  creditLimitCents: 750_000,
  emailVerified: true,
  passwordHash,
  createdAt: new Date(now.getTime() - 60 * DAY_MS),
});

/** The demo customer's people: one who manages them with them, one who has not come in yet. */
export function buyersPeople(passwordHash: string, now: Date) {
  const chef = {
    id: newId('contact'),
    email: 'chef@acme.test',
    name: 'Carla Chef',
    role: 'ADMIN' as const,
    passwordHash,
    emailVerified: true,
    invitedAt: new Date(now.getTime() - 45 * DAY_MS),
  };
  const books = {
    id: newId('contact'),
    email: 'books@acme.test',
    name: 'Bert Books',
    role: 'VIEWER' as const,
    invitedAt: now,
  };
  return [chef, books] as const;
}

/** The demo customer's people and the cart of their primary account. */
export function buyerRows(
  db: Database,
  of: { companyId: Id<'company'>; customerId: Id<'customer'> },
  people: ReturnType<typeof buyersPeople>,
  { usual }: Habit,
) {
  const wanted = usual.filter(({ product }) => product.active && product.stock >= PLENTY);
  return [
    // One insert each: what one of them has the other leaves to the column's default.
    ...people.map((person) => db.insert(contacts).values({ ...of, ...person })),
    db
      .insert(cartLines)
      .values(
        wanted
          .slice(0, IN_CART)
          .map(({ product, quantity }) => ({ ...of, productId: product.id, quantity })),
      ),
  ];
}

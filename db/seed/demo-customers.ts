import type { Id } from '../ids.ts';
import type { SeedCustomer } from './customer-rows.ts';
import { buyersAddresses, demoAddress } from './demo-addresses.ts';
import type { buyersPeople } from './demo-buyer.ts';
import { buyersHabit, habitOf, negotiated } from './demo-habits.ts';
import type { DemoCustomer } from './demo-orders.ts';
import type { DemoProduct } from './demo-products.ts';
import { random } from './random.ts';

/** Every fifth account has prices of its own, and so has the demo customer. */
const NEGOTIATED = 5;
const BY_API = new Set(['Willamette Grocers, Eugene', 'Coastline Foods Co-op, Newport']);

type Row = Pick<SeedCustomer, 'email' | 'name' | 'status' | 'createdAt'> & { id: Id<'customer'> };

/** Accounts as they buy, the demo customer last; `elsewhere` is where that one wants things as well. */
export function demoCustomers(
  rows: Row[],
  buyer: Row,
  [chef]: ReturnType<typeof buyersPeople>,
  products: DemoProduct[],
) {
  const accounts = rows.map((row, n): DemoCustomer => {
    const name = row.name ?? row.email;
    const habit = habitOf(name, products, n);
    return {
      ...row,
      address: demoAddress(name, n),
      habit: n % NEGOTIATED === 1 ? negotiated(habit, random(n)) : habit,
      people: [primary(row)],
      byApi: BY_API.has(name),
    };
  });
  const [kitchen, elsewhere] = buyersAddresses();
  const person = { type: 'CUSTOMER', id: chef.id, name: chef.name } as const;
  const daily: DemoCustomer = {
    ...buyer,
    address: kitchen,
    habit: negotiated(buyersHabit(products), random(7)),
    people: [primary(buyer), { person, since: chef.invitedAt }],
    byApi: false,
  };
  return { customers: [...accounts, daily], daily, elsewhere };
}

/** The account's own log-in. */
function primary({ id, name, email, createdAt }: Row): DemoCustomer['people'][number] {
  return { person: { type: 'CUSTOMER', id, name: name ?? email }, since: createdAt };
}

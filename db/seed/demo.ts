import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { SCOPES } from '#src/permissions.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import type { Database } from '../client.ts';
import { type CompanyFixture, companyRows, enterCompany } from '../factories.ts';
import { type Id, newId } from '../ids.ts';
import { addresses, apiKeys, companies } from '../schema/index.ts';
import { argon2Hasher } from './argon2-hasher.ts';
import { customerRows } from './customer-rows.ts';
import { demoAccounts } from './demo-accounts.ts';
import { buyerRows, buyersPeople, demoBuyer } from './demo-buyer.ts';
import { demoCustomers } from './demo-customers.ts';
import { eventRows } from './demo-events.ts';
import { orderRows } from './demo-order-rows.ts';
import type { Person } from './demo-order-steps.ts';
import { type DemoCustomer, demoOrders } from './demo-orders.ts';
import { priceRows, productRows, stockRows } from './demo-product-rows.ts';
import { demoProducts } from './demo-products.ts';
import { webhookRows } from './demo-webhook.ts';
import { storeDemoImages } from './product-image-files.ts';
import { seedContext, signOutStaff } from './seed-context.ts';

export const DEMO_PASSWORD = 'distribu-demo';
export const DEMO_API_KEY = 'dk_demo_acme_foods_all_scopes_local_only_0001';
const TIME_ZONE = 'America/Los_Angeles';

/**
 * A believable food distributor: Acme Foods on the Columbia River, its staff, sixty accounts, what they buy, and three
 * months of it. Its passwords and its key are public, so this belongs into the embedded development database only. A
 * start that is interrupted leaves all of the company or nothing.
 * @param stateDir where the Worker keeps what it stores (`WorkerOptions.stateDir`); null = products without pictures
 */
export async function seedDemo(db: Database, stateDir: string | null, now: Date): Promise<void> {
  const passwordHash = await argon2Hasher.hash(DEMO_PASSWORD);
  const { company, queries } = companyRows(db, {
    name: 'Acme Foods',
    slug: 'acme',
    plan: 'ENTERPRISE',
    timeZone: TIME_ZONE,
    passwordHash,
    staff: [
      { role: 'OWNER', email: 'owner@acme.test', name: 'Olivia Grant' },
      { role: 'ADMIN', email: 'admin@acme.test', name: 'Adam Reyes' },
      { role: 'MEMBER', email: 'member@acme.test', name: 'Mia Chen' },
    ],
  });
  const [owner] = company.staff;
  if (!owner) throw new Error('The demo company has lost its staff.');
  const products = demoProducts();
  if (stateDir !== null) {
    await storeDemoImages(
      stateDir,
      products.map(({ imageId, category, name }) => ({ id: imageId, category, name })),
    );
  }

  const accounts = customerRows(db, company.id, demoAccounts(now));
  const buyers = customerRows(db, company.id, [demoBuyer(passwordHash, now)]);
  const [buyer] = buyers.rows;
  if (!buyer) throw new Error('The demo company has lost its buyer.');
  const people = buyersPeople(passwordHash, now);
  const { customers, daily, elsewhere } = demoCustomers(accounts.rows, buyer, people, products);
  const key = { id: newId('apiKey'), name: 'Demo key' };
  const midnight = startOfToday(now);
  const orders = demoOrders({
    customers,
    products,
    staff: actors(company),
    apiKey: { type: 'API_KEY', ...key },
    now,
    midnight,
  });
  const of = { companyId: company.id, customerId: daily.id };
  await db.batch([
    ...queries,
    enterCompany(db, company.id),
    settings(db, company.id),
    db.insert(apiKeys).values({
      ...key,
      companyId: company.id,
      createdBy: owner.userId,
      hash: createHash('sha256').update(DEMO_API_KEY).digest('hex'),
      prefix: DEMO_API_KEY.slice(0, 12),
      scopes: [...SCOPES],
    }),
    accounts.query,
    buyers.query,
    db
      .insert(addresses)
      .values([...customers.map(addressRow(company.id)), { ...of, ...elsewhere }]),
    ...productRows(db, company.id, products, orders, now),
    priceRows(db, company.id, customers),
    ...orderRows(db, company.id, orders),
    ...stockRows(db, company.id, orders),
    ...buyerRows(db, of, people, daily.habit),
    ...eventRows(db, company.id, now, midnight),
    ...webhookRows(db, company.id, now),
  ]);
  await changeSome(db, company, accounts.rows, now);
  await signOutStaff(db, company);
}

/** What the staff chose in the settings: rates for most of what is delivered across the river. */
function settings(db: Database, companyId: Id<'company'>) {
  return db
    .update(companies)
    .set({
      taxRatePpm: 82_500,
      shippingCents: 1500,
      freeShippingFromCents: 50_000,
      lowStockThreshold: 10,
      contactEmail: 'orders@acme.test',
      contactPhone: '+1 360 555 0140',
      openingHours: 'Mon to Fri 6:00 to 17:00, Sat 6:00 to 11:00',
      invoiceDetails: [
        'Acme Foods, Inc.',
        '2100 West 8th Street, Vancouver, WA 98660',
        'accounts@acme.test, +1 360 555 0142',
        'Tax number 91-0000042',
        'Columbia Credit Union, account 000 123 456, routing 000 000 042',
        'Payable within 30 days.',
      ].join('\n'),
    })
    .where(eq(companies.id, companyId));
}

const addressRow = (companyId: Id<'company'>) => (customer: DemoCustomer) => ({
  ...customer.address,
  companyId,
  customerId: customer.id,
});

function actors({ staff }: CompanyFixture): [Person, ...Person[]] {
  const [first, ...others] = staff.map(({ userId, name }): Person => {
    return { type: 'USER', id: userId, name };
  });
  if (!first) throw new Error('The demo company has lost its staff.');
  return [first, ...others];
}

/** When the company's day began. */
function startOfToday(now: Date): Date {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, timeStyle: 'medium' });
  const [hours = 0, minutes = 0, seconds = 0] = clock.format(now).split(':').map(Number);
  return new Date(now.getTime() - ((hours * 60 + minutes) * 60 + seconds) * 1000);
}

/** Some real changes, so that the audit log has something to tell about customers. */
async function changeSome(
  db: Database,
  company: CompanyFixture,
  rows: { id: Id<'customer'> }[],
  now: Date,
): Promise<void> {
  const [owner, admin, member] = company.staff;
  const changes = [
    [member, 0, { notes: 'Weekly delivery, dock B. Ring twice, then wait.' }],
    [admin, 1, { creditLimit: 14000 }],
    [owner, 15, { creditLimit: 35000, notes: 'Loading ramp on 5th Avenue only. VIP.' }],
    [member, 20, { status: 'BLOCKED' }],
    [member, 33, { notes: 'Opens a second place in June.' }],
  ] as const;
  for (const [person, n, patch] of changes) {
    const { id } = rows[n] ?? {};
    if (!person || !id) throw new Error('The demo company has lost people.');
    const entry = { kind: 'staff', sessionId: person.sessionId, companyId: company.id } as const;
    await updateCustomer(seedContext(db, entry, now), id, patch, null);
  }
}

import { DAY_MS } from '#src/lib/durations.ts';
import type { SeedCustomer } from './customer-rows.ts';

/** What the staff noted; credit limit in whole dollars. */
type Account = [name: string, town: string, notes?: string | undefined, limit?: number];

/** Who buys at a food distributor. */
const ACCOUNTS: Account[] = [
  ['Bella Cucina', 'Portland', 'Weekly delivery, dock B. Ring twice.', 5000],
  ['Harbor Grill', 'Portland', 'Deliver before 8 am, ask for Maria.', 12000],
  ['Café Nordlys', 'Salem'],
  ['The Copper Ladle', 'Eugene', 'Gluten-free kitchen: no open flour on the pallet.', 3500],
  ['Sushi Kaito', 'Portland', 'Fish only on Tuesday and Friday.', 8000],
  ['Green Fork Bistro', 'Bend'],
  ['Osteria Tre Fratelli', 'Portland', undefined, 6000],
  ['Mountain View Lodge', 'Hood River', 'Closed November to mid December.', 15000],
  ['Blue Heron Hotel', 'Astoria', 'Invoices to accounting@, not to the kitchen.', 25000],
  ['Corner Market Alberta', 'Portland', undefined, 2500],
  ['El Jardín Taquería', 'Gresham', 'Habla español: Lucía.', 2000],
  ['Riverside Deli', 'Oregon City'],
  ['Golden Wok', 'Beaverton', undefined, 4000],
  ['Maple Street Bakery', 'Corvallis', 'Flour by the pallet, first thing Monday.', 7500],
  ['Stumptown Brunch Club', 'Portland'],
  ['Hotel Belvedere', 'Eugene', 'Loading ramp on 5th Avenue only.', 30000],
  ['Thai Orchid', 'Hillsboro', undefined, 3000],
  ['Pine & Salt', 'Bend', 'New chef since spring, wants organic first.', 5500],
  ['Lakeside Catering', 'Lake Oswego', 'Orders large and late. Confirm by phone.', 20000],
  ['Brasserie Léonie', 'Portland', undefined, 9000],
  ['Old Mill Pub', 'Bend', undefined, 2500],
  ['Saffron House', 'Tigard', 'Halal only.', 4500],
  ['Farm to Table Collective', 'Hood River'],
  ['Kowalski Sausages & Deli', 'Milwaukie', undefined, 6500],
  ['Tidepool Oyster Bar', 'Newport', 'Call when the truck leaves.', 5000],
  ['Sunrise Senior Living', 'Salem', 'Low-sodium list applies.', 18000],
  ['Phở Hòa Bình', 'Portland', undefined, 3500],
  ['Willamette Grocers', 'Eugene', 'Two drops: store 1 and store 4.', 22000],
  ['Trattoria Da Enzo', 'Lake Oswego'],
  ['Cascade Coffee Roasters', 'Bend', 'Milk and oats daily.', 4000],
  ['The Hungry Otter', 'Astoria', undefined, 2000],
  ['Baan Suan', 'Beaverton'],
  ['Smoke & Barrel BBQ', 'Gresham', 'Brisket standing order, 12 cases.', 10000],
  ['Little Lisbon', 'Portland', undefined, 3000],
  ['Juniper Inn', 'Sisters', 'Seasonal: May to October.', 8000],
  ['City Hall Cafeteria', 'Salem', 'Purchase order number required.', 12000],
  ['Müller Bäckerei', 'Portland', undefined, 5000],
  ['Rose City Food Carts', 'Portland', 'One account, nine carts; see drop list.', 6000],
  ['Coastline Foods Co-op', 'Newport', undefined, 14000],
  ['Noodle & Bao', 'Hillsboro'],
  ['Evergreen Elementary', 'Vancouver', 'Term time only. No nuts at all.', 9000],
  ['Bar Norte', 'Portland', undefined, 2500],
  ['The Velvet Fig', 'Lake Oswego', undefined, 3500],
  ['Crater Lake Provisions', 'Klamath Falls', 'Long haul: pallet minimum.', 11000],
  ['Dockside Fish & Chips', 'Astoria', undefined, 3000],
  ['Fontaine Events', 'Portland', 'Weddings; quotes before every order.', 16000],
  ['Acorn Kitchen', 'Corvallis'],
  ['Ume Izakaya', 'Portland', undefined, 4500],
  ['Silver Falls Diner', 'Silverton', 'Cash on delivery until May.', 0],
  ['St. Vincent Hospital Kitchen', 'Portland', 'Delivery window 4 to 5 am.', 40000],
  ['La Petite Crêperie', 'Eugene', undefined, 1500],
  ['High Desert Brewing', 'Bend', undefined, 7000],
  ['Marché Provençal', 'Portland', undefined, 5500],
  ['Northside Pizza', 'Vancouver', 'Blocked: two invoices open since March.', 2000],
  ['Umpqua River House', 'Roseburg'],
  ['Zaytoon Mediterranean', 'Tigard', undefined, 4000],
  ['Franklin & Sons Butchers', 'Salem', undefined, 13000],
  ['Wild Rye Bakehouse', 'Hood River', undefined, 3000],
  ['Gästehaus Alpenblick', 'Leavenworth', undefined, 6000],
  ['Seven Corners Wine Bar', 'Portland'],
  ['Beachcomber Motel', 'Seaside', 'Breakfast packs only.', 1800],
  ['Orchard Street Pantry', 'Salem', 'Non-profit: list prices less ten percent.', 2500],
];
const BLOCKED = new Set(['Northside Pizza', 'Bar Norte', 'Beachcomber Motel']);

/** The accounts of the demo company, oldest first. */
export const demoAccounts = (now: Date): SeedCustomer[] =>
  ACCOUNTS.map((known, n) => account(known, n, now));

/** The n-th account; joined over the last two years, at no round hour. */
function account([name, town, notes, limit]: Account, n: number, now: Date): SeedCustomer {
  const handle = name
    .normalize('NFKD')
    .replaceAll(/[^\w ]/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, '-');
  const daysAgo = 730 * (1 - n / ACCOUNTS.length) + 1;
  return {
    email: `orders@${handle}.example`,
    name: `${name}, ${town}`,
    status: BLOCKED.has(name) ? 'BLOCKED' : 'ACTIVE',
    notes: notes ?? null,
    creditLimitCents: limit === undefined ? null : limit * 100,
    emailVerified: n % 3 !== 0,
    passwordHash: null,
    createdAt: new Date(now.getTime() - daysAgo * DAY_MS - (n % 11) * 3_517_000),
  };
}

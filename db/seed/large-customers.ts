import { DAY_MS } from '#src/lib/durations.ts';
import type { SeedCustomer } from './customer-rows.ts';

export const LARGE_BUYER = 'buyer@large.test';
const YEARS_5_MS = 5 * 365 * DAY_MS;

const KINDS = [
  'Bistro',
  'Grill',
  'Café',
  'Deli',
  'Bakery',
  'Hotel',
  'Market',
  'Kitchen',
  'Pizzeria',
  'Catering',
];
const FIRST = [
  'Blue',
  'Golden',
  'Old',
  'Green',
  'Royal',
  'Silver',
  'Happy',
  'Little',
  'Grand',
  'Red',
  'Northern',
  'Sunny',
];
const SECOND = [
  'Harbor',
  'Mill',
  'Garden',
  'Lantern',
  'Anchor',
  'Oak',
  'Fox',
  'Bridge',
  'Orchard',
  'Station',
  'Lion',
  'Rose',
  'Pine',
];
const TOWNS = [
  'Portland',
  'Salem',
  'Eugene',
  'Bend',
  'Astoria',
  'Newport',
  'Hillsboro',
  'Tigard',
  'Medford',
  'Ashland',
];

/**
 * The n-th of `count`; what it is called and noted repeats, its address does not. The second one orders most, and is the
 * one to log in as.
 */
export function largeCustomer(n: number, count: number, now: Date): SeedCustomer {
  const pick = (list: string[], step: number) => list[Math.floor(n / step) % list.length] ?? '';
  const name = `${pick(FIRST, 1)} ${pick(SECOND, 7)} ${pick(KINDS, 31)}, ${pick(TOWNS, 101)}`;
  return {
    email:
      n === 1
        ? LARGE_BUYER
        : `${pick(SECOND, 3)}.${n}@${pick(KINDS, 5)}-${pick(TOWNS, 11)}.example`
            .normalize('NFKD')
            .replaceAll(/\p{M}/gu, '')
            .toLowerCase(),
    name: n % 17 === 0 ? null : name,
    status: n % 20 === 0 ? 'BLOCKED' : 'ACTIVE',
    notes: n % 4 === 0 ? `Route ${n % 40}, dock ${n % 6}. Call before delivery.` : null,
    creditLimitCents: n % 3 === 0 ? ((n % 50) + 1) * 50_000 : null,
    emailVerified: n % 2 === 0,
    passwordHash: null,
    createdAt: new Date(now.getTime() - YEARS_5_MS * (1 - n / count)),
  };
}

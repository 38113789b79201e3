import { type Id, newId } from '../ids.ts';
import type { OrderAddress } from '../schema/orders.ts';

export type DemoAddress = OrderAddress & { id: Id<'address'>; isDefault: boolean };

const POSTAL_CODES: Record<string, string> = {
  Astoria: '97103',
  Beaverton: '97005',
  Bend: '97701',
  Corvallis: '97330',
  Eugene: '97401',
  Gresham: '97030',
  Hillsboro: '97123',
  'Hood River': '97031',
  'Klamath Falls': '97601',
  'Lake Oswego': '97034',
  Leavenworth: '98826',
  Milwaukie: '97222',
  Newport: '97365',
  'Oregon City': '97045',
  Roseburg: '97470',
  Salem: '97301',
  Seaside: '97138',
  Silverton: '97381',
  Sisters: '97759',
  Tigard: '97223',
  Vancouver: '98660',
};
const IN_WASHINGTON = new Set(['Leavenworth', 'Vancouver']);

const STREETS = [
  'Main Street',
  'NW Lovejoy Street',
  'River Road',
  'SE Hawthorne Boulevard',
  'Commercial Street',
  'Harbor Drive',
  'Oak Street',
  'Pioneer Parkway',
  'NE Alberta Street',
  'Mill Street',
];

/** Where the n-th account is, whose name ends in its town; those in Portland have one of its districts. */
export function demoAddress(name: string, n: number): DemoAddress {
  const city = name.slice(name.lastIndexOf(', ') + 2);
  return {
    id: newId('address'),
    label: 'Kitchen',
    line1: `${110 + ((n * 467) % 4300)} ${STREETS[n % STREETS.length] ?? ''}`,
    line2: n % 5 === 2 ? 'Loading dock' : null,
    city,
    region: IN_WASHINGTON.has(city) ? 'WA' : 'OR',
    postalCode: POSTAL_CODES[city] ?? `972${String(1 + ((n * 7) % 39)).padStart(2, '0')}`,
    country: 'United States',
    isDefault: true,
  };
}

const AT_HOME = { city: 'Portland', region: 'OR', country: 'United States' };

/** The two of the demo customer, the default one first. */
export const buyersAddresses = (): [DemoAddress, DemoAddress] => [
  {
    ...AT_HOME,
    id: newId('address'),
    label: 'Kitchen',
    line1: '412 NW 13th Avenue',
    line2: 'Back door, dock 2',
    postalCode: '97209',
    isDefault: true,
  },
  {
    ...AT_HOME,
    id: newId('address'),
    label: 'Food truck',
    line1: '1500 SE Division Street',
    line2: null,
    postalCode: '97202',
    isDefault: false,
  },
];

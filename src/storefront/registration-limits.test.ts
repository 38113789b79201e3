import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { someAddress } from '../../test/address.ts';
import { as, freshCompany } from '../../test/context.ts';
import { at, confirmEmail, mailTo, PASSWORD, someEmail } from '../../test/storefront.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { listCustomers } from '../customers/queries.ts';
import { trustCustomer } from '../customers/trust-customer.ts';
import { NOT_ACCEPTING, register } from './register.ts';

let company: CompanyFixture;
let hasher: typeof argon2Hasher;

beforeAll(async () => {
  const passwordHash = await argon2Hasher.hash(PASSWORD);
  hasher = { ...argon2Hasher, hash: () => Promise.resolve(passwordHash) };
});
beforeEach(async () => {
  company = await freshCompany();
});

const NOON = new Date();
NOON.setUTCHours(12, 0, 0, 0);
const TOMORROW = new Date(NOON.getTime() + 86_400_000);

async function registerFrom(network = someAddress(), now = NOON, email = someEmail()) {
  const input = { name: 'Blue Plate', email, password: PASSWORD };
  await register(at(company, { now }), hasher, input, { network, userAgent: 'Firefox' });
  return email;
}

async function registrations(count: number): Promise<string[]> {
  const emails: string[] = [];
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  for (let n = 0; n < count; n += 1) emails.push(await registerFrom());
  return emails;
}

const customers = async () => {
  const page = { limit: 100, sort: 'created', descending: true } as const;
  return (await listCustomers(as(company, 'OWNER'), page)).rows;
};

const owner = () => company.staff.find(({ role }) => role === 'OWNER')?.email ?? '';
const noticesTo = async (email: string) =>
  (await mailTo(email)).all.filter(({ template }) => template === 'registrations_full');

describe('registrations from one network', () => {
  const tooMany = { code: 'rate_limited', message: expect.stringContaining('your network today') };

  it('are three a day at one store', async () => {
    const here = someAddress();
    for (let n = 0; n < 3; n += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await registerFrom(here);
    }
    await expect(registerFrom(here)).rejects.toMatchObject(tooMany);
    expect(await customers()).toHaveLength(3);
    await registerFrom(here, TOMORROW);
    await registerFrom();
    company = await freshCompany();
    await registerFrom(here);
  });

  it('count only when they succeed', async () => {
    const here = someAddress();
    const taken = await registerFrom(here);
    for (let n = 0; n < 5; n += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(registerFrom(here, NOON, taken)).rejects.toMatchObject({ code: 'conflict' });
    }
    await registerFrom(here);
    await registerFrom(here);
    await expect(registerFrom(here)).rejects.toMatchObject(tooMany);
  });
});

describe("a store's day", () => {
  const full = { code: 'rule', message: NOT_ACCEPTING };

  it('takes twenty registrations that nobody confirms, and tells the managers once', async () => {
    const emails = await registrations(19);
    expect(await noticesTo(owner())).toEqual([]);
    const last = await registerFrom();
    const [notice] = await noticesTo(owner());
    expect(notice?.text).toContain('20 people have created an account');
    await expect(registerFrom()).rejects.toMatchObject(full);
    // Who has an account is told so, not that the day is full.
    await expect(registerFrom(someAddress(), NOON, last)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await customers()).toHaveLength(20);
    expect((await mailTo(emails[0] ?? '')).all).toHaveLength(1);

    await confirmEmail(company, emails[0] ?? '');
    await registerFrom();
    const [newest] = await customers();
    await expect(registerFrom()).rejects.toMatchObject(full);
    await trustCustomer(as(company, 'OWNER'), newest?.id ?? 'cus_', true);
    await registerFrom();
    await expect(registerFrom()).rejects.toMatchObject(full);
    expect(await noticesTo(owner())).toHaveLength(1);
    await registerFrom(someAddress(), TOMORROW);
  });

  it('does not limit the customers that the staff add', async () => {
    await registrations(20);
    await createCustomer(as(company, 'MEMBER'), { email: someEmail() });
    expect(await customers()).toHaveLength(21);
  });
});

it("leaves the last quarter of a plan's customers to those who are known", async () => {
  company = await freshCompany({ maxCustomers: 8 });
  const emails = await registrations(6);
  await expect(registerFrom()).rejects.toMatchObject({ code: 'rule', message: NOT_ACCEPTING });
  await createCustomer(as(company, 'OWNER'), { email: someEmail() });
  await confirmEmail(company, emails[0] ?? '');
  await registerFrom();
  expect(await customers()).toHaveLength(8);
});

import { expect, inject, it } from 'vitest';
import { connectOwner } from '#db/local/connect-owner.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { resendInvite } from '#src/contacts/resend-invite.ts';
import { isInviteGood, setUpPassword } from '#src/contacts/set-up-password.ts';
import { register } from '#src/storefront/register.ts';
import { someAddress } from '../address.ts';
import { as, freshCompany } from '../context.ts';
import { at, invited, mailTo, someEmail, typed } from '../storefront.ts';

/** Each from a network of their own. */
const visitor = () => ({ network: someAddress(), userAgent: '' });

const outcomes = async (tries: Promise<unknown>[]) => {
  const settled = await Promise.allSettled(tries);
  const refusals = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  return { done: settled.length - refusals.length, refusals };
};

/** What is stored, seen past row-level security. */
async function count(table: string, companyId: string): Promise<number> {
  const owner = await connectOwner(inject('ownerUrl'));
  const { rows } = await owner.query(
    `select count(*)::int as n from ${table} where company_id = $1`,
    [companyId],
  );
  await owner.end();
  return rows[0].n;
}

it('lets one of 100 who register at once have the last free place', async () => {
  const company = await freshCompany({ maxCustomers: 5 });
  for (let n = 0; n < 4; n += 1) {
    await createCustomer(as(company, 'OWNER'), { email: someEmail() });
  }
  const passwordHash = await argon2Hasher.hash('correct horse');
  const hasher = { ...argon2Hasher, hash: () => Promise.resolve(passwordHash) };
  const { done, refusals } = await outcomes(
    Array.from({ length: 100 }, () => {
      const input = { name: 'Racer', email: someEmail(), password: 'correct horse' };
      return register(at(company), hasher, input, visitor());
    }),
  );
  expect(done).toBe(1);
  expect(refusals.every(({ message }) => message.includes("isn't accepting"))).toBe(true);
  expect(await count('customers', company.id)).toBe(5);
  expect(await count('storefront_accounts', company.id)).toBe(5);
  expect(await count('customer_sessions', company.id)).toBe(1);
});

it('lets three strangers of one network register at once, and 20 of all networks', async () => {
  const company = await freshCompany();
  const passwordHash = await argon2Hasher.hash('correct horse');
  const hasher = { ...argon2Hasher, hash: () => Promise.resolve(passwordHash) };
  const registerFrom = (from: ReturnType<typeof visitor>) =>
    register(
      at(company),
      hasher,
      { name: 'Racer', email: someEmail(), password: 'correct horse' },
      from,
    );
  const here = visitor();
  const same = await outcomes(Array.from({ length: 10 }, () => registerFrom(here)));
  expect(same.done).toBe(3);
  expect(new Set(same.refusals.map(({ code }) => code))).toEqual(new Set(['rate_limited']));
  const many = await outcomes(Array.from({ length: 40 }, () => registerFrom(visitor())));
  expect(many.done).toBe(17);
  expect(new Set(many.refusals.map(({ code }) => code))).toEqual(new Set(['rule']));
  expect(await count('customers', company.id)).toBe(20);
});

it('gives an email that 50 register at once to one of them', async () => {
  const company = await freshCompany();
  const email = someEmail();
  const input = { name: 'Racer', email, password: 'correct horse' };
  const { done, refusals } = await outcomes(
    Array.from({ length: 50 }, () => register(at(company), argon2Hasher, input, visitor())),
  );
  expect(done).toBe(1);
  expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['conflict']));
  expect(await count('storefront_accounts', company.id)).toBe(1);
});

it('lets an invitation be used once, and only the newest of those sent at once', async () => {
  const company = await freshCompany();
  const { customer, contact, email } = await invited(company);
  const moments = [1, 2, 3, 4].map((n) => new Date(Date.now() + n * 1000));
  await Promise.all(
    moments.map((now) => resendInvite(as(company, 'OWNER', { now }), customer.id, contact.id)),
  );
  const tokens = (await mailTo(email)).all.map(({ data }) => data['url']?.split('/').at(-1) ?? '');
  // The first and as many of the four as one day allows (db/sql/limit-mails.sql).
  expect(tokens).toHaveLength(3);
  const good = await Promise.all(tokens.map((token) => isInviteGood(at(company), token)));
  expect(good.filter(Boolean)).toHaveLength(1);
  const token = tokens[good.indexOf(true)] ?? '';
  const joined = await Promise.all(
    Array.from({ length: 8 }, () =>
      setUpPassword(at(company), argon2Hasher, token, typed('correct horse'), ''),
    ),
  );
  expect(joined.filter(Boolean)).toHaveLength(1);
  expect(await count('customer_sessions', company.id)).toBe(1);
});

import type { CompanyFixture } from '#db/factories.ts';
import { saveAddress } from '#src/addresses/save-address.ts';
import { updateCompany } from '#src/companies/update-company.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { myCustomer } from '#src/storefront/me.ts';
import { as, freshCompany } from '../context.ts';
import { server } from '../server.ts';
import { invited, mailTo, registered, signedIn, someEmail } from '../storefront.ts';
import type { WalkedPage } from './pages.ts';

const LONG = 'Two drops: store 1 and store 4. '.repeat(5);

/** The doors of a store as strangers see them, and what customers keep behind them. */
export async function accountPages(company: CompanyFixture): Promise<WalkedPage[]> {
  const closed = await freshCompany({ name: 'Closed Foods' });
  await updateCompany(
    as(closed, 'OWNER'),
    {
      name: closed.name,
      slug: closed.slug,
      currency: 'USD',
      timeZone: 'UTC',
      registrationOpen: false,
    },
    1,
  );
  const store = `/store/${company.slug}`;
  const { session } = await registered(company);
  const fresh = await registered(company);
  const me = () => signedIn(company, session);
  const kitchen = { label: 'Main kitchen', line1: 'Main Street 1', city: 'Springfield' };
  await saveAddress(me(), null, { ...kitchen, line2: LONG, isDefault: 'on' });
  await saveAddress(me(), null, { ...kitchen, label: 'Bar', country: 'United States' });
  await inviteContact(me(), myCustomer, { email: someEmail(), name: 'Ann Lee', role: 'ADMIN' });
  const { email } = await invited(company);
  // Asked of the Worker itself, whose links they are.
  const linkFor = async (path: string, to: string) => {
    await server.fetch(store + path, {
      method: 'POST',
      headers: {
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ email: to }).toString(),
    });
    return (await mailTo(to)).token;
  };
  const invitation = await linkFor('/setup-password', email);
  const reset = await linkFor('/reset', fresh.email);
  const inside = (name: string, path: string, of = session) => ({
    name: `store-${name}`,
    path: store + path,
    customer: { store, session: of },
  });
  const outside = (name: string, path: string) => ({ name: `store-${name}`, path: store + path });
  return [
    outside('login', '/login'),
    { ...outside('login-signed-out', '/quick-order'), fields: { rows: LONG } },
    outside('register', '/register'),
    { name: 'store-register-closed', path: `/store/${closed.slug}/register` },
    outside('reset', '/reset'),
    outside('reset-link', `/reset/${reset}`),
    outside('reset-over', '/reset/used'),
    outside('setup', '/setup-password'),
    outside('setup-link', `/setup-password/${invitation}`),
    outside('setup-over', '/setup-password/used'),
    outside('verify', '/verify-email/token'),
    outside('nowhere', '/nowhere'),
    inside('account', '/account'),
    inside('password', '/account/password'),
    inside('addresses', '/account/addresses'),
    inside('addresses-fresh', '/account/addresses', fresh.session),
    inside('contacts', '/account/contacts'),
    inside('contacts-fresh', '/account/contacts', fresh.session),
    inside('not-found', '/account/nowhere'),
  ];
}

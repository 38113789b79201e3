import { type Contact, contactsOf, shownContacts } from '../contacts/queries.ts';
import { type Address, addressesOf } from '../addresses/queries.ts';
import { type Ctx, customerOf } from '../context.ts';
import { customerRoleMay } from '../permissions.ts';
import { tenant } from '../tenant.ts';
import { myCustomer } from './me.ts';

/** All that the storefront's account page shows. */
interface AccountPage {
  addresses: Address[];
  /** null for those who may not manage them. */
  contacts: Contact[] | null;
}

export async function getAccountPage(ctx: Ctx): Promise<AccountPage> {
  const [addresses, contacts] = await tenant(ctx, 'own_login:write').batch([
    addressesOf(ctx, myCustomer),
    contactsOf(ctx, myCustomer),
  ]);
  const { role, companySlug } = customerOf(ctx);
  return {
    addresses,
    contacts: customerRoleMay(role, 'contacts:write')
      ? await shownContacts(ctx, contacts, companySlug)
      : null,
  };
}

import type { Id } from '#db/ids.ts';
import { type Address, addressesOf } from '../addresses/queries.ts';
import { recentChanges } from '../audit/queries.ts';
import type { AuditEntry } from '../audit/schema.ts';
import { type Contact, contactsOf, shownContacts } from '../contacts/queries.ts';
import { type Ctx, staffOf } from '../context.ts';
import { roleMay } from '../permissions.ts';
import { tenant } from '../tenant.ts';
import { NO_ORDERS, type OrderSummary } from './order-summary.ts';
import { type Customer, customerById, found } from './queries.ts';

/** How many of a customer's changes its page shows. */
const CHANGES_SHOWN = 8;

export interface CustomerProfile {
  customer: Customer;
  ordered: OrderSummary;
  /** The newest changes; null for those who may not see the log. */
  changes: AuditEntry[] | null;
  contacts: Contact[];
  addresses: Address[];
}

/**
 * All that a customer's page shows.
 * @throws AppError not_found
 */
export async function getCustomerProfile(ctx: Ctx, id: Id<'customer'>): Promise<CustomerProfile> {
  const [rows, changes, contacts, addresses] = await tenant(ctx, 'customers:read').batch([
    customerById(ctx, id),
    recentChanges(ctx, id, CHANGES_SHOWN),
    contactsOf(ctx, id),
    addressesOf(ctx, id),
  ]);
  const { role, companySlug } = staffOf(ctx);
  return {
    customer: found(rows[0]),
    ordered: NO_ORDERS,
    // The role is known only now, and a second round trip for the log would cost more than asking in vain.
    changes: roleMay(role, 'audit:read') ? changes : null,
    contacts: await shownContacts(ctx, contacts, companySlug),
    addresses,
  };
}

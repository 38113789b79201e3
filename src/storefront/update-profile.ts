import { and, eq, sql } from 'drizzle-orm';
import { contacts, customers } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { renamedKeys } from '../customers/keys.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { myCustomer } from './me.ts';
import { CustomerProfileInput } from './schema.ts';

/**
 * Changes the name of whoever is signed in: of the contact, or of the customer itself.
 * @throws AppError validation
 */
export async function updateCustomerProfile(ctx: Ctx, raw: unknown): Promise<void> {
  const { name } = parse(CustomerProfileInput, raw);
  await tenant(ctx, 'own_login:write').batch([
    ctx.db
      .update(customers)
      .set({ name, ...renamedKeys(name) })
      .where(
        and(
          eq(customers.companyId, companyId(ctx)),
          eq(customers.id, myCustomer),
          sql`current_setting('app.contact_id') = ''`,
        ),
      ),
    ctx.db
      .update(contacts)
      .set({ name })
      .where(
        and(
          eq(contacts.companyId, companyId(ctx)),
          eq(contacts.id, sql`current_setting('app.contact_id')`),
        ),
      ),
  ]);
}

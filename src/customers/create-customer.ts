import { type Id, newId } from '#db/ids.ts';
import { customers } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { customerKeys } from './keys.ts';
import { type Customer, customerColumns, found } from './queries.ts';
import { CustomerInput } from './schema.ts';
import { storedFields } from './stored-fields.ts';

/**
 * A new customer without a password and with an unproved mailbox; they set a password through the reset flow.
 * @throws AppError validation, conflict (email taken), plan_limit
 */
export async function createCustomer(
  ctx: Ctx,
  raw: unknown,
  id: Id<'customer'> = newId('customer'),
): Promise<Customer> {
  const door = tenant(ctx, 'customers:write');
  const input = parse(CustomerInput, raw);
  const [rows] = await door.batch([
    ctx.db
      .insert(customers)
      .values({
        id,
        companyId: companyId(ctx),
        email: input.email,
        createdAt: ctx.now,
        updatedAt: ctx.now,
        ...storedFields(input),
        ...customerKeys({ email: input.email, name: input.name ?? null }),
      })
      .returning(customerColumns),
  ]);
  return found(rows[0]);
}

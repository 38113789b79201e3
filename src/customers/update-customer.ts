import { and, eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { customers } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { renamedKeys } from './keys.ts';
import { type Customer, customerById, customerColumns, found } from './queries.ts';
import { CustomerPatch } from './schema.ts';
import { storedFields } from './stored-fields.ts';

type UpdateCustomerResult =
  /** `changed` is false when the customer already was as asked. */
  | { ok: true; customer: Customer; changed: boolean }
  /** Somebody else saved first: nothing was written, and this is how the customer is now. */
  | { ok: false; reason: 'changed_meanwhile'; current: Customer };

/**
 * Changes what the input names. A save that changes nothing writes nothing.
 * @param expectedVersion the version the editor saw; null = overwrite whatever there is
 * @throws AppError validation, not_found
 */
export async function updateCustomer(
  ctx: Ctx,
  id: Id<'customer'>,
  raw: unknown,
  expectedVersion: number | null,
): Promise<UpdateCustomerResult> {
  const door = tenant(ctx, 'customers:write');
  const input = parse(CustomerPatch, raw);
  const fields = storedFields(input);
  const [updated, [current]] = await door.batch([
    ctx.db
      .update(customers)
      .set({
        ...fields,
        // The keys follow the name; without one, customers sort by their email.
        ...(fields.name !== undefined && renamedKeys(fields.name)),
        // Set even when nothing else is: an empty patch is a valid one, and touch_row() drops what changes nothing.
        updatedAt: ctx.now,
      })
      .where(
        and(
          eq(customers.companyId, companyId(ctx)),
          eq(customers.id, id),
          expectedVersion === null ? undefined : eq(customers.version, expectedVersion),
        ),
      )
      .returning(customerColumns),
    customerById(ctx, id),
  ]);
  const customer = found(current);
  const changedMeanwhile =
    updated.length === 0 &&
    expectedVersion !== null &&
    customer.version !== expectedVersion &&
    differs(customer, fields);
  return changedMeanwhile
    ? { ok: false, reason: 'changed_meanwhile', current: customer }
    : { ok: true, customer, changed: updated.length > 0 };
}

/** Two who make the same change are not in each other's way. */
function differs(customer: Customer, fields: ReturnType<typeof storedFields>): boolean {
  return Object.entries(fields).some(
    ([field, value]) => customer[field as keyof Customer] !== value,
  );
}

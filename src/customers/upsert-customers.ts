import { sql } from 'drizzle-orm';
import { newId } from '#db/ids.ts';
import { planLimitReached } from '../billing/plans.ts';
import type { Ctx } from '../context.ts';
import {
  type Batch,
  type BatchInput,
  batchResults,
  type ItemFailure,
  type ItemResult,
  readBatch,
  type Upserted,
} from '../lib/batch.ts';
import { fromSnapshot } from '../lib/snapshot.ts';
import { EMAIL_TAKEN } from '../refusal.ts';
import { tenant } from '../tenant.ts';
import type { Customer } from './queries.ts';
import { CustomerUpsert } from './schema.ts';
import { storedFields } from './stored-fields.ts';

/** Why the database refuses a customer: a contact has the email, or the plan has no place left. */
type Reason = 'taken' | 'full';
export type CustomerBatch = Batch<CustomerUpsert>;
export type UpsertedCustomer = Upserted<Reason>;

/** @throws AppError validation: of an atomic batch everything that is wrong */
export function readCustomers(input: BatchInput): CustomerBatch {
  return readBatch(CustomerUpsert, input, { field: 'email', label: 'email' });
}

/** Creates or changes up to a hundred customers, by email, in one round trip; an atomic batch all of them or none. */
export async function upsertCustomers(
  ctx: Ctx,
  { items, atomic }: CustomerBatch,
): Promise<UpsertedCustomer[]> {
  const rows = items.map(({ index, item: { email, ...fields } }) => ({
    index,
    id: newId('customer'),
    email,
    ...storedFields(fields),
    ...(fields.name !== undefined && { nameKey: fields.name?.toLowerCase() ?? null }),
  }));
  const [[done]] = await tenant(ctx, 'customers:write').batch([
    ctx.db
      .select({
        results: sql<
          UpsertedCustomer[]
        >`upsert_customers(${JSON.stringify(rows)}::jsonb, ${atomic}, ${ctx.now.toISOString()})`.as(
          'results',
        ),
      })
      .from(sql`(values (1)) as once`),
  ]);
  return done?.results ?? [];
}

/** @throws AppError conflict, plan_limit: what an atomic batch failed for */
export function customerResults(
  batch: CustomerBatch,
  upserted: UpsertedCustomer[],
): ItemResult<Customer>[] {
  return batchResults(batch, upserted, fromSnapshot<Customer>, (reason) => FAILURES[reason]);
}

const FAILURES: Record<Reason, ItemFailure> = {
  taken: {
    code: 'conflict',
    fields: [{ path: 'email', message: EMAIL_TAKEN }],
  },
  full: {
    code: 'plan_limit',
    fields: [{ path: '', message: planLimitReached('customer') }],
  },
};

import type { customers } from '#db/schema/index.ts';
import type { CustomerPatch } from './schema.ts';

type Stored = Pick<
  typeof customers.$inferInsert,
  'name' | 'status' | 'notes' | 'creditLimitCents' | 'taxRateOverridePpm'
>;

/** The columns an input sets: amounts in minor units, rates in parts per million; what was not sent is left out. */
export function storedFields(input: Omit<CustomerPatch, 'email'>): Partial<Stored> {
  const fields: Partial<Stored> = {};
  if (input.name !== undefined) fields.name = input.name;
  if (input.status !== undefined) fields.status = input.status;
  // Cleared notes are null, however they are sent.
  if (input.notes !== undefined) fields.notes = input.notes || null;
  if (input.creditLimit !== undefined) fields.creditLimitCents = scaled(input.creditLimit, 100);
  if (input.taxRateOverride !== undefined)
    fields.taxRateOverridePpm = scaled(input.taxRateOverride, 1_000_000);
  return fields;
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : Math.round(value * factor);
}

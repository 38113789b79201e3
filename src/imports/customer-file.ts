import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { customers, storefrontAccounts } from '#db/schema/index.ts';
import type { ParsedCsv } from '../lib/csv-parse.ts';
import { type Ctx, companyId } from '../context.ts';
import { type CustomerValues, customerImport } from './customer-import.ts';
import type { Stored } from './import-description.ts';
import { type ColumnOverrides, type HeaderMatch, matchHeaders } from './match-headers.ts';
import { type ImportPreview, importKeys, previewImport } from './preview-import.ts';

/** The customers a file names, for a batch: the look-up of all its emails in one statement. */
export function customersByEmail(ctx: Ctx, emails: string[]) {
  return ctx.db
    .select({
      id: customers.id,
      version: customers.version,
      email: customers.email,
      name: customers.name,
      status: customers.status,
      notes: customers.notes,
      creditLimitCents: customers.creditLimitCents,
    })
    .from(customers)
    .where(
      and(
        eq(customers.companyId, companyId(ctx)),
        sql`${customers.email} = any(${sql.param(emails)}::text[])`,
      ),
    );
}

/**
 * Who of the emails a file names is a contact, and whose: they cannot be customers, too (decision 17). From the table
 * that holds every storefront account, because that has an index by email.
 */
export function contactsByEmail(ctx: Ctx, emails: string[]) {
  return ctx.db
    .select({
      email: storefrontAccounts.email,
      customer: sql<string>`coalesce(${customers.name}, ${customers.email})`,
    })
    .from(storefrontAccounts)
    .innerJoin(
      customers,
      and(eq(customers.companyId, companyId(ctx)), eq(customers.id, storefrontAccounts.customerId)),
    )
    .where(
      and(
        eq(storefrontAccounts.companyId, companyId(ctx)),
        sql`${storefrontAccounts.email} = any(${sql.param(emails)}::text[])`,
        isNotNull(storefrontAccounts.contactId),
      ),
    );
}

/** A customer file whose columns are known, ready to be compared with the customers it names. */
export interface CustomerFile {
  csv: ParsedCsv;
  match: HeaderMatch<CustomerValues>;
  emails: string[];
}

export function customerFile(csv: ParsedCsv, overrides: ColumnOverrides<CustomerValues>) {
  const match = matchHeaders(csv.headers, customerImport, overrides);
  return { csv, match, emails: importKeys(csv, match.columns, customerImport) };
}

export function compare(
  { csv, match }: CustomerFile,
  stored: readonly Stored<CustomerValues>[],
  contacts: readonly { email: string; customer: string }[],
): ImportPreview<CustomerValues> {
  const byEmail = new Map(stored.map((customer) => [customer.email, customer]));
  const taken = new Map(
    contacts.map(({ email, customer }) => [
      email,
      `"${email}" belongs to a contact of ${customer}.`,
    ]),
  );
  return previewImport(csv, match, customerImport, byEmail, taken);
}

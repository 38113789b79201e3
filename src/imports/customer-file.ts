import { and, eq, sql } from 'drizzle-orm';
import { customers } from '#db/schema/index.ts';
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
): ImportPreview<CustomerValues> {
  const byEmail = new Map(stored.map((customer) => [customer.email, customer]));
  return previewImport(csv, match, customerImport, byEmail);
}

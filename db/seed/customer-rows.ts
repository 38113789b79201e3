import { sql } from 'drizzle-orm';
import { customerKeys } from '#src/customers/keys.ts';
import type { Database } from '../client.ts';
import { type Id, newId } from '../ids.ts';

export interface SeedCustomer {
  email: string;
  name: string | null;
  status: 'ACTIVE' | 'BLOCKED';
  notes: string | null;
  creditLimitCents: number | null;
  emailVerified: boolean;
  passwordHash: string | null;
  createdAt: Date;
}

/** Customers, and the one statement that writes them; some thousands at a time are quickest. */
export function customerRows(db: Database, companyId: Id<'company'>, customers: SeedCustomer[]) {
  const rows = customers.map((customer) => ({
    id: newId('customer'),
    ...customer,
    ...customerKeys(customer),
  }));
  const query = db.execute(sql`
    insert into customers (id, company_id, email, name, status, notes, credit_limit_cents, email_verified,
      password_hash, name_key, search_key, created_at, updated_at)
    select id, ${companyId}, email, name, status, notes, "creditLimitCents", "emailVerified",
      "passwordHash", "nameKey", "searchKey", "createdAt", "createdAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, email text, name text, status text,
      notes text, "creditLimitCents" bigint, "emailVerified" boolean, "passwordHash" text, "nameKey" text,
      "searchKey" text, "createdAt" timestamptz)
  `);
  return { rows, query };
}

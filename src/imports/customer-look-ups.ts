import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { customers, planUsage, storefrontAccounts } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';

/** The customers that have these emails, as an import compares them. */
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
      key: storefrontAccounts.email,
      name: sql<string>`coalesce(${customers.name}, ${customers.email})`,
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

/** How many customers the company has, and how many its plan allows. */
export function customerUsage(ctx: Ctx) {
  return ctx.db
    .select({ used: planUsage.customers, most: planUsage.maxCustomers })
    .from(planUsage)
    .where(eq(planUsage.companyId, companyId(ctx)));
}

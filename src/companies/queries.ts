import { eq, sql } from 'drizzle-orm';
import { apiKeys, auditEntries, companies, planUsage } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { tenant } from '../tenant.ts';

const companyColumns = {
  name: companies.name,
  slug: companies.slug,
  timeZone: companies.timeZone,
  currency: companies.currency,
  registrationOpen: companies.registrationOpen,
  taxRatePpm: companies.taxRatePpm,
  shippingCents: companies.shippingCents,
  freeShippingFromCents: companies.freeShippingFromCents,
  lowStockThreshold: companies.lowStockThreshold,
  paperSize: companies.paperSize,
  invoiceDetails: companies.invoiceDetails,
  contactEmail: companies.contactEmail,
  contactPhone: companies.contactPhone,
  openingHours: companies.openingHours,
  version: companies.version,
};

export type Company = Pick<typeof companies.$inferSelect, keyof typeof companyColumns>;

/** The company's settings, for those who may change them. */
export async function getCompany(ctx: Ctx): Promise<Company> {
  const [rows] = await tenant(ctx, 'company:write').batch([thisCompany(ctx)]);
  return foundCompany(rows[0]);
}

export function thisCompany(ctx: Ctx) {
  return ctx.db
    .select(companyColumns)
    .from(companies)
    .where(eq(companies.id, companyId(ctx)));
}

export function foundCompany(company: Company | undefined): Company {
  if (!company) throw new AppError('not_found', 'Company not found.');
  return company;
}

/** How far a new company has come. */
export interface FirstSteps {
  customers: number;
  /** The plan's limit; null = none. */
  maxCustomers: number | null;
  hasProducts: boolean;
  hasApiKey: boolean;
  /** Some customer has done something at the storefront, so its address must have reached them. */
  storefrontUsed: boolean;
  /** Whether strangers may make themselves customers there. */
  registrationOpen: boolean;
  /** The storefront says how customers reach the company. */
  hasContact: boolean;
}

/** For a batch. */
export function firstSteps(ctx: Ctx) {
  const company = companyId(ctx);
  return ctx.db
    .select({
      customers: planUsage.customers,
      maxCustomers: planUsage.maxCustomers,
      hasProducts: sql<boolean>`${planUsage.products} > 0`,
      hasApiKey: sql<boolean>`exists (select from ${apiKeys} where ${apiKeys.companyId} = ${company})`,
      storefrontUsed: sql<boolean>`exists (select from ${auditEntries}
        where ${auditEntries.companyId} = ${company} and ${auditEntries.actorType} = 'CUSTOMER')`,
      registrationOpen: companies.registrationOpen,
      hasContact: sql<boolean>`(${companies.contactEmail} is not null or ${companies.contactPhone} is not null)`,
    })
    .from(planUsage)
    .innerJoin(companies, eq(companies.id, planUsage.companyId))
    .where(eq(planUsage.companyId, company));
}

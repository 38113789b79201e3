import { eq } from 'drizzle-orm';
import { companies } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';

/** The company's present currency, for a batch. */
export function companyCurrency(ctx: Ctx) {
  return ctx.db
    .select({ currency: companies.currency })
    .from(companies)
    .where(eq(companies.id, companyId(ctx)));
}

export function currencyFrom([company]: { currency: string }[]): string {
  if (!company) throw new Error('The company is not there.');
  return company.currency;
}

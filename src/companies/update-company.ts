import { and, eq, sql } from 'drizzle-orm';
import { companies } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { type Company, foundCompany, thisCompany } from './queries.ts';
import { CompanyInput } from './schema.ts';

export type UpdateCompanyResult =
  | { ok: true; company: Company }
  /** Somebody else saved first: nothing was written, and this is how the company is now. */
  | { ok: false; reason: 'changed_meanwhile'; current: Company }
  | { ok: false; reason: 'slug_taken'; current: Company };

/**
 * Saves some of the company's settings, or all. Its former slug redirects until another company takes it (decision 12).
 * @param expectedVersion the version the editor saw
 * @throws AppError validation; conflict, when two take one slug at the same moment
 */
export async function updateCompany(
  ctx: Ctx,
  raw: unknown,
  expectedVersion: number,
): Promise<UpdateCompanyResult> {
  const door = tenant(ctx, 'company:write');
  const input = parse(CompanyInput, raw);
  const taken =
    input.slug === undefined
      ? sql<boolean>`false`
      : sql<boolean>`slug_is_taken(${input.slug}, ${companyId(ctx)})`;
  const [updated, [current], [slug]] = await door.batch([
    ctx.db
      .update(companies)
      .set({ ...input, updatedAt: ctx.now })
      .where(
        and(
          eq(companies.id, companyId(ctx)),
          eq(companies.version, expectedVersion),
          sql`not ${taken}`,
        ),
      )
      .returning({ version: companies.version }),
    thisCompany(ctx),
    ctx.db.select({ taken: taken.as('taken') }).from(sql`(values (1)) as once`),
  ]);
  const company = foundCompany(current);
  if (updated.length > 0) return { ok: true, company };
  if (slug?.taken) return { ok: false, reason: 'slug_taken', current: company };
  return company.version === expectedVersion
    ? { ok: true, company }
    : { ok: false, reason: 'changed_meanwhile', current: company };
}

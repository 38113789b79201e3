import { sql } from 'drizzle-orm';
import { companies, formerSlugs } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { slug as slugField } from '../lib/fields.ts';
import { system } from '../tenant.ts';

/** The company behind a slug in an address; with a former slug, `slug` is the one it has now (decision 12). */
export async function findStore(
  ctx: Ctx,
  slug: string,
): Promise<{ name: string; slug: string } | null> {
  // No company has anything else, and Postgres need not be asked with what it cannot store.
  if (slugField.safeParse(slug).data !== slug) return null;
  const [[store]] = await system(ctx).batch([
    ctx.db
      .select({ name: companies.name, slug: companies.slug })
      .from(companies)
      .where(
        sql`${companies.id} = coalesce(
          (select c.id from companies c where c.slug = ${slug}),
          (select f.company_id from ${formerSlugs} f where f.slug = ${slug})
        )`,
      ),
  ]);
  return store ?? null;
}

import pg from 'pg';
import { inject } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';

/** All rows of the company in every table, as the owner of the database sees them; perhaps only one customer's. */
export async function everythingOf(
  { id }: CompanyFixture,
  customer?: Id<'customer'>,
): Promise<Record<string, unknown[]>> {
  const client = new pg.Client({ connectionString: inject('ownerUrl') });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'company_id' order by table_name`,
    );
    const rows: Record<string, unknown[]> = {};
    for (const { name } of tables.rows) {
      const result = await client.query(
        `select to_jsonb(t) as row from ${name} t
         where company_id = $1 and ($2::text is null or to_jsonb(t)->>'customer_id' = $2 or to_jsonb(t)->>'id' = $2)
         order by 1`,
        [id, customer ?? null],
      );
      rows[name] = result.rows;
    }
    return rows;
  } finally {
    await client.end();
  }
}

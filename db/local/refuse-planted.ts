import type { Client } from 'pg';
import { StartError } from './start-error.ts';

/**
 * Refuses to migrate while `public` holds a function or operator that goes by the name of one of PostgreSQL's own. A
 * better match of argument types wins a call, so the owner would run it with all rights.
 * @throws StartError that names it
 */
export async function refusePlanted(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    select p.oid::pg_catalog.regprocedure::pg_catalog.text as name
    from pg_catalog.pg_proc p
    where p.pronamespace operator(pg_catalog.=) 'public'::pg_catalog.regnamespace
      and exists (
        select from pg_catalog.pg_proc own
        where own.pronamespace operator(pg_catalog.=) 'pg_catalog'::pg_catalog.regnamespace
          and own.proname operator(pg_catalog.=) p.proname
      )
      and not exists (select from pg_catalog.pg_depend d where d.objid operator(pg_catalog.=) p.oid and d.deptype operator(pg_catalog.=) 'e')
    union all
    select o.oid::pg_catalog.regoperator::pg_catalog.text
    from pg_catalog.pg_operator o
    where o.oprnamespace operator(pg_catalog.=) 'public'::pg_catalog.regnamespace
      and not exists (select from pg_catalog.pg_depend d where d.objid operator(pg_catalog.=) o.oid and d.deptype operator(pg_catalog.=) 'e')
    limit 1`);
  if (rows[0]) {
    throw new StartError(
      `${rows[0].name} in the schema public hides one of PostgreSQL's own and is not part of Distribu: find out who made it, drop it and run this again`,
    );
  }
}

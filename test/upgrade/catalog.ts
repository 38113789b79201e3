import type { Client } from 'pg';

/** What a schema consists of, in words that are the same in two databases with the same schema. */
const QUERIES = {
  functions: `
    select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition, p.proowner::regrole::text = any (array['distribu_system']) as "ofSystem",
      (select array_agg(acl.grantee::regrole::text || ' ' || acl.privilege_type order by acl.grantee::regrole::text, acl.privilege_type) from aclexplode(p.proacl) as acl
        where acl.grantee::regrole::text like 'distribu_%' and acl.grantee::regrole::text not like 'distribu_plain%') as privileges
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by 1`,
  triggers: `
    select tgrelid::regclass::text as "table", tgname::text as name, pg_get_triggerdef(oid) as definition, tgenabled
    from pg_trigger where not tgisinternal order by 1, 2`,
  policies: `
    select polrelid::regclass::text as "table", polname::text as name, polcmd, polroles::regrole[]::text[] as roles,
      pg_get_expr(polqual, polrelid) as using, pg_get_expr(polwithcheck, polrelid) as "check"
    from pg_policy order by 1, 2`,
  columns: `
    select c.relname::text as "table", a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull,
      a.attcollation::regcollation::text as collation, pg_get_expr(d.adbin, d.adrelid) as "default"
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1, 2`,
  constraints: `
    select conrelid::regclass::text as "table", conname::text as name, pg_get_constraintdef(oid) as definition, convalidated
    from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`,
  indexes: `
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition, indisvalid
    from pg_index join pg_class c on c.oid = indrelid where c.relnamespace = 'public'::regnamespace order by 1`,
  tables: `
    select c.relname::text as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity,
      (select array_agg(acl.grantee::regrole::text || ' ' || acl.privilege_type order by acl.grantee::regrole::text, acl.privilege_type)
        from aclexplode(c.relacl) as acl where acl.grantee::regrole::text in ('distribu_app', 'distribu_tenant', 'distribu_system')) as privileges
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S', 'v', 'm') order by 1`,
} as const;

export type Catalog = Record<keyof typeof QUERIES, unknown[]>;

/** Reads the catalog of the schema `public`. */
export async function readCatalog(client: Client): Promise<Catalog> {
  const parts: [string, unknown[]][] = [];
  for (const [part, query] of Object.entries(QUERIES)) {
    parts.push([part, (await client.query(query)).rows]);
  }
  return Object.fromEntries(parts) as Catalog;
}

-- Tenant isolation, the second time (the first is the company id in every query): row-level security, policies and
-- privileges of every table in `public`. A new table that has a company is isolated because it exists.
-- Runs at each migration. Compares with the catalog and changes only the differences: a run that finds none takes no lock.

-- Policies. Each rule is written as PostgreSQL prints it, so that the two can be compared.
do $$
declare
  change text;
begin
  for change in
    with isolated as (
      select c.oid, c.relname::text as name, c.relrowsecurity, c.relforcerowsecurity,
        case when c.relname = 'companies' then 'id' else 'company_id' end as company_column
      from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and (c.relname in ('companies', 'users', 'daily_uses') or exists (
          select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped
        ))
    ),
    wanted as (
      select oid, name, 'tenant' as policy, case name
        -- Staff see their own browsers, in every company they work for.
        when 'staff_sessions' then
          '((user_id = current_setting(''app.actor_id''::text, true)) AND (current_setting(''app.actor_type''::text, true) = ''USER''::text))'
        -- Staff accounts are visible to the companies they are members of.
        when 'users' then
          '(EXISTS ( SELECT FROM memberships m WHERE ((m.company_id = entered_company()) AND (m.user_id = users.id))))'
        else format('(%I = entered_company())', company_column)
      end as rule
      from isolated
      -- Counters of daily limits belong to no company.
      where name <> 'daily_uses'
      union all
      -- The system role is limited by its privileges, not by rows.
      select oid, name, 'system', 'true' from isolated
    ),
    present as (
      select polrelid as oid, polname::text as policy, regexp_replace(pg_get_expr(polqual, polrelid), '\s+', ' ', 'g') as rule
      from pg_policy
      where polcmd = '*' and polpermissive and polroles = array[('distribu_' || polname)::regrole::oid]
        and pg_get_expr(polqual, polrelid) is not distinct from pg_get_expr(polwithcheck, polrelid)
    )
    select format('alter table %I enable row level security', name) from isolated where not relrowsecurity
    union all
    select format('alter table %I force row level security', name) from isolated where not relforcerowsecurity
    union all
    select format(
      'drop policy if exists %2$I on %1$I; create policy %2$I on %1$I to %3$I using (%4$s) with check (%4$s)',
      name, policy, 'distribu_' || policy, rule
    )
    from wanted
    where (oid, policy, rule) not in (select oid, policy, rule from present)
  loop
    execute change;
  end loop;
end
$$;

-- Privileges on tables and sequences.
do $$
declare
  change text;
begin
  for change in
    with tenant_table as (
      select c.relname::text as name
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      union all
      values ('companies')
    ),
    wanted as (
      (
        select name, 'distribu_tenant' as role, privilege
        from tenant_table, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as privilege
        except
        values
          ('companies', 'distribu_tenant', 'INSERT'), ('companies', 'distribu_tenant', 'DELETE'),
          -- History is append-only.
          ('audit_entries', 'distribu_tenant', 'UPDATE'), ('audit_entries', 'distribu_tenant', 'DELETE'),
          ('webhook_attempts', 'distribu_tenant', 'UPDATE'), ('webhook_attempts', 'distribu_tenant', 'DELETE'),
          -- The newest snapshot of one save replaces the one before; events are never deleted.
          ('events', 'distribu_tenant', 'DELETE'),
          -- Triggers write the ledger with the rights of the role that moves the stock.
          ('stock_movements', 'distribu_tenant', 'UPDATE'), ('stock_movements', 'distribu_tenant', 'DELETE'),
          -- Orders move on and are never deleted.
          ('orders', 'distribu_tenant', 'DELETE'), ('order_lines', 'distribu_tenant', 'DELETE'),
          -- Mails hold secret links.
          ('outbox', 'distribu_tenant', 'SELECT'), ('outbox', 'distribu_tenant', 'UPDATE'), ('outbox', 'distribu_tenant', 'DELETE')
      )
      union all
      values ('users', 'distribu_tenant', 'SELECT'), ('users', 'distribu_tenant', 'UPDATE')
      union all
      select name, 'distribu_system', privilege
      from (values
        ('{users,memberships,staff_sessions,companies,former_slugs,plan_usage,outbox,imports,import_changes}'::text[],
          '{SELECT,INSERT,UPDATE,DELETE}'::text[]),
        ('{customer_sessions,daily_uses}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('{audit_entries}', '{SELECT,INSERT}'),
        ('{customers,contacts,storefront_accounts,products,stock_levels,price_overrides,orders,order_lines}', '{SELECT}'),
        ('{api_keys}', '{SELECT,UPDATE}'),
        -- The sweep reads what is due and deletes what has expired.
        ('{webhooks,webhook_deliveries,webhook_replays}', '{SELECT}'),
        ('{events,idempotency_keys}', '{SELECT,DELETE}')
      ) as granted (tables, privileges), unnest(tables) as name, unnest(privileges) as privilege
      union all
      select c.relname::text, role, 'USAGE'
      from pg_class c, unnest(array['distribu_tenant', 'distribu_system']) as role
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
    ),
    present as (
      select c.relname::text as name, coalesce(r.rolname, 'public')::text as role, acl.privilege_type::text as privilege
      from pg_class c
      cross join aclexplode(c.relacl) as acl
      left join pg_roles r on r.oid = acl.grantee
      where c.relnamespace = 'public'::regnamespace and (r.rolname in ('distribu_app', 'distribu_tenant', 'distribu_system') or acl.grantee = 0)
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    ),
    difference as (
      (select 'grant' as verb, w.* from wanted w except select 'grant', p.* from present p)
      union all
      (select 'revoke', p.* from present p except select 'revoke', w.* from wanted w)
    )
    select format(
      '%s %s on %s%I %s %s', verb, string_agg(privilege, ', '), case c.relkind when 'S' then 'sequence ' else '' end, name,
      case verb when 'grant' then 'to' else 'from' end, role
    )
    from difference
    join pg_class c on c.relnamespace = 'public'::regnamespace and c.relname = name
    group by verb, name, role, c.relkind
  loop
    execute change;
  end loop;
end
$$;

-- Functions that bypass row-level security may be called by the app's roles only.
do $$
declare
  definer text;
begin
  for definer in
    select p.oid::regprocedure
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prosecdef
      and (
        exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as acl where acl.grantee = 0)
        or not has_function_privilege('distribu_app', p.oid, 'execute')
        or not has_function_privilege('distribu_tenant', p.oid, 'execute')
        or not has_function_privilege('distribu_system', p.oid, 'execute')
      )
  loop
    execute format('revoke execute on function %s from public', definer);
    execute format('grant execute on function %s to distribu_app, distribu_tenant, distribu_system', definer);
  end loop;
end
$$;

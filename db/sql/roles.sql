-- Three roles besides the owner who migrates. Roles belong to the whole server, so other databases may create them at
-- the same moment.
--   distribu_app     logs in, may do nothing by itself, and enters one of the two below for each transaction
--   distribu_tenant  sees the rows of the company that was entered, nothing else
--   distribu_system  answers the questions asked before a company is known (system() in src/tenant.ts) and owns the functions that do
do $$
declare
  wanted record;
begin
  for wanted in
    select *
    from (values
      ('distribu_tenant', 'nologin noinherit nosuperuser nobypassrls'),
      ('distribu_system', 'nologin noinherit nosuperuser nobypassrls'),
      ('distribu_app', 'login noinherit nosuperuser nobypassrls')
    ) as roles (name, attributes)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      begin
        execute format('create role %I %s', wanted.name, wanted.attributes);
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
  end loop;

  if not pg_has_role('distribu_app', 'distribu_tenant', 'member') then
    grant distribu_tenant to distribu_app;
  end if;
  if not pg_has_role('distribu_app', 'distribu_system', 'member') then
    grant distribu_system to distribu_app;
  end if;
  if not pg_has_role(current_user, 'distribu_system', 'usage') then
    execute format('grant distribu_system, distribu_tenant, distribu_app to %I', current_user);
  end if;
end
$$;

-- The app's roles may create nothing where migrations look names up: a function planted there would run as the owner.
-- (The runner lets distribu_system create for the moment in which it becomes the owner of its functions.)
do $$
begin
  if not has_schema_privilege('distribu_tenant', 'public', 'usage') or not has_schema_privilege('distribu_system', 'public', 'usage') then
    grant usage on schema public to distribu_tenant, distribu_system;
  end if;
  if has_schema_privilege('distribu_app', 'public', 'create') or has_schema_privilege('distribu_system', 'public', 'create') then
    revoke create on schema public from public, distribu_system;
  end if;
end
$$;

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

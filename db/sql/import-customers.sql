-- An import of customers, and its undoing. Customers are locked in the order of their emails, here and in both, so that two
-- imports never deadlock.

-- Upserts by email, remembers what undoing needs, and finishes the import.
--   p_rows    the file: one object a row, with an id for the case that it is new
--   p_fields  the columns the file has; the others are left alone on existing customers (decision 11)
--   p_now     the time; what undoing needs is kept for p_keep from then on
create or replace function apply_customer_import(
  p_import text, p_rows jsonb, p_fields text[], p_now timestamptz, p_keep interval
) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
  import constant imports := claim_import('customers', p_import);
  has_name constant boolean := 'name' = any (p_fields);
  has_status constant boolean := 'status' = any (p_fields);
  has_notes constant boolean := 'notes' = any (p_fields);
  has_limit constant boolean := 'creditLimitCents' = any (p_fields);
  n_created integer;
  n_updated integer;
begin
  -- A conflicting row is locked though nothing is written to it: from here on nobody else changes what is compared.
  with created as (
    insert into customers
      (company_id, id, email, name, status, notes, credit_limit_cents, name_key, search_key, created_at, updated_at)
    select company, id, email, name, status, notes, "creditLimitCents", "nameKey", "searchKey", p_now, p_now
    from jsonb_to_recordset(p_rows) as file (
      id text, email text, name text, status text, notes text, "creditLimitCents" bigint, "nameKey" text, "searchKey" text
    )
    order by email collate "C"
    on conflict (company_id, email) do update set email = excluded.email where false
    returning id, version
  )
  insert into import_changes (company_id, import_id, entity_id, before, version)
  select company, p_import, id, null, version from created;
  get diagnostics n_created = row_count;

  with differing as (
    select c.id,
      jsonb_build_object(
        'name', c.name, 'status', c.status, 'notes', c.notes, 'credit_limit_cents', c.credit_limit_cents,
        'name_key', c.name_key, 'search_key', c.search_key
      ) as before,
      case when has_name then file.name else c.name end as name,
      case when has_name then file."nameKey" else c.name_key end as name_key,
      case when has_name then file."searchKey" else c.search_key end as search_key,
      case when has_status then file.status else c.status end as status,
      case when has_notes then file.notes else c.notes end as notes,
      case when has_limit then file."creditLimitCents" else c.credit_limit_cents end as credit_limit_cents
    from jsonb_to_recordset(p_rows) as file (
      id text, email text, name text, status text, notes text, "creditLimitCents" bigint, "nameKey" text, "searchKey" text
    )
    join customers c on c.company_id = company and c.email = file.email
    where (has_name and c.name is distinct from file.name)
      or (has_status and c.status <> file.status)
      or (has_notes and c.notes is distinct from file.notes)
      or (has_limit and c.credit_limit_cents is distinct from file."creditLimitCents")
  ),
  updated as (
    update customers c
    set name = d.name, name_key = d.name_key, search_key = d.search_key, status = d.status, notes = d.notes,
      credit_limit_cents = d.credit_limit_cents
    from differing d
    where c.company_id = company and c.id = d.id
    returning c.id, c.version, d.before
  )
  insert into import_changes (company_id, import_id, entity_id, before, version)
  select company, p_import, id, before, version from updated;
  get diagnostics n_updated = row_count;

  perform finish_import(import, 'Customer', jsonb_array_length(p_rows), n_created, n_updated, p_now, p_keep);
end
$$;

-- What an import created and updated, and whether undoing keeps it as it is now: because it changed since, or because
-- whoever has people, addresses, prices or orders by now has become a customer in earnest. Each change looks its customer
-- up by the key, whatever the planner knows of a company that was just filled: the limit keeps it from joining them all.
-- Whether rows refer to it: as in undo-product-import.sql.
create or replace function imported_customers(p_import text)
returns table (id text, key text, name text, created boolean, kept boolean)
language sql stable as $$
  select c.id, c.email, c.name, change.before is null,
    c.version <> change.version
    or change.before is null and (
      c.id is not distinct from (
        select min(p.customer_id) from contacts p where p.company_id = entered_company() and p.customer_id >= c.id
      )
      or c.id is not distinct from (
        select min(a.customer_id) from addresses a where a.company_id = entered_company() and a.customer_id >= c.id
      )
      or c.id is not distinct from (
        select min(o.customer_id) from price_overrides o where o.company_id = entered_company() and o.customer_id >= c.id
      )
      or c.id is not distinct from (
        select min(o.customer_id) from orders o where o.company_id = entered_company() and o.customer_id >= c.id
      )
    )
  from import_changes change
  cross join lateral (
    select * from customers where company_id = entered_company() and customers.id = change.entity_id limit 1
  ) c
  where change.company_id = entered_company() and change.import_id = p_import
$$;

-- Removes what the import created and restores what it updated, but keeps every customer changed since: those stay in
-- import_changes, to be listed. Undone already, it does nothing.
create or replace function undo_customer_import(p_import text, p_now timestamptz) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
  import constant imports := claim_undo('customers', p_import, p_now);
  n_removed integer;
  n_restored integer;
begin
  if import.id is null then
    return;
  end if;

  perform from customers c
  where c.company_id = company
    and c.id in (select entity_id from import_changes where company_id = company and import_id = p_import)
  order by c.email
  for update;

  with removed as (
    delete from customers c
    using imported_customers(p_import) imported
    where c.company_id = company and c.id = imported.id and imported.created and not imported.kept
    returning c.id
  )
  delete from import_changes
  where company_id = company and import_id = p_import and entity_id = any (array(select id from removed));
  get diagnostics n_removed = row_count;

  with restored as (
    update customers c
    set name = change.before ->> 'name', status = change.before ->> 'status', notes = change.before ->> 'notes',
      credit_limit_cents = (change.before ->> 'credit_limit_cents')::bigint,
      name_key = change.before ->> 'name_key', search_key = change.before ->> 'search_key'
    from import_changes change
    where change.company_id = company and change.import_id = p_import and change.before is not null
      and c.company_id = company and c.id = change.entity_id and c.version = change.version
    returning c.id
  )
  delete from import_changes
  where company_id = company and import_id = p_import and entity_id = any (array(select id from restored));
  get diagnostics n_restored = row_count;

  perform finish_undo(import, 'Customer', n_removed, n_restored);
end
$$;

-- An import of customers, and its undoing, each one call in one transaction of the company entered (row-level security
-- applies). Customers are locked in the order of their emails, here and in both, so that two imports never deadlock.

-- Locks the import and says that its job may run. A late or repeated queue message ends here, before it changes anything.
create or replace function claim_import(p_import text) returns imports
language plpgsql as $$
declare
  claimed imports;
begin
  select * into claimed from imports where company_id = entered_company() and id = p_import for update;
  if claimed.id is null or claimed.state not in ('waiting', 'running') then
    raise exception 'This import is not waiting to run.' using errcode = 'DS409';
  end if;
  return claimed;
end
$$;

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
  import constant imports := claim_import(p_import);
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

  update imports
  set state = 'done', created = n_created, updated = n_updated, failure = null, finished_at = p_now,
    unchanged = jsonb_array_length(p_rows) - n_created - n_updated, kept_until = p_now + p_keep
  where company_id = company and id = p_import;

  insert into audit_entries
    (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, entity_name, details)
  values (
    company, 'USER', import.started_by, import.started_by_name, 'CustomerBulkImported', 'Import', p_import,
    import.file_name, jsonb_build_object('created', n_created, 'updated', n_updated)
  );
end
$$;

-- Removes what the import created and restores what it updated, but keeps every customer changed since: those stay in
-- import_changes, to be listed. Undone already, it does nothing.
create or replace function undo_customer_import(p_import text, p_now timestamptz) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
  undone imports;
  n_removed integer;
  n_restored integer;
  n_kept integer;
begin
  select * into undone from imports where company_id = company and id = p_import for update;
  if undone.id is null then
    raise exception 'Import not found.' using errcode = 'DS404';
  elsif undone.state = 'undone' then
    return;
  elsif undone.state <> 'done' or undone.kept_until is null or undone.kept_until <= p_now then
    raise exception 'This import cannot be undone: only a finished one can, for 30 days.' using errcode = 'DS409';
  end if;

  perform from customers c
  where c.company_id = company
    and c.id in (select entity_id from import_changes where company_id = company and import_id = p_import)
  order by c.email
  for update;

  with removed as (
    delete from customers c
    using import_changes change
    where change.company_id = company and change.import_id = p_import and change.before is null
      and c.company_id = company and c.id = change.entity_id and c.version = change.version
      -- Whoever has people or addresses by now has become a customer in earnest.
      and not exists (select from contacts p where p.company_id = company and p.customer_id = c.id)
      and not exists (select from addresses a where a.company_id = company and a.customer_id = c.id)
    returning c.id
  )
  delete from import_changes change
  using removed
  where change.company_id = company and change.import_id = p_import and change.entity_id = removed.id;
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
  delete from import_changes change
  using restored
  where change.company_id = company and change.import_id = p_import and change.entity_id = restored.id;
  get diagnostics n_restored = row_count;

  select count(*) into n_kept from import_changes where company_id = company and import_id = p_import;
  update imports
  set state = 'undone', undo = jsonb_build_object('removed', n_removed, 'restored', n_restored, 'kept', n_kept)
  where company_id = company and id = p_import;

  insert into audit_entries
    (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, entity_name, details)
  values (
    company, current_setting('app.actor_type'), nullif(current_setting('app.actor_id'), ''),
    current_setting('app.actor_name'), 'CustomerBulkImportUndone', 'Import', p_import, undone.file_name,
    jsonb_build_object('removed', n_removed, 'restored', n_restored, 'kept', n_kept)
  );
end
$$;

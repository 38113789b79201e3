-- What the imports of every kind share: who may run or undo one, and how it ends. Each kind has three functions of its own
-- (import-customers.sql, import-products.sql, undo-product-import.sql): apply_…_import and undo_…_import, each one call in
-- one transaction of the company entered (row-level security applies), and imported_…s, which lists what an import changed.

-- Locks the import and says that its job may run. A late or repeated queue message ends here, before it changes anything.
create or replace function claim_import(p_kind text, p_import text) returns imports
language plpgsql as $$
declare
  claimed imports;
begin
  select * into claimed
  from imports
  where company_id = entered_company() and kind = p_kind and id = p_import
  for update;
  if claimed.id is null or claimed.state not in ('waiting', 'running') then
    raise exception 'This import is not waiting to run.' using errcode = 'DS409';
  end if;
  return claimed;
end
$$;

-- Says what the job did, on the import and in the audit log, as whoever started it.
--   p_entity  what it imported, as audit actions call it
--   p_rows    how many rows the file has
--   p_keep    how long what undoing needs is kept
create or replace function finish_import(
  p_import imports, p_entity text, p_rows integer, p_created integer, p_updated integer, p_now timestamptz, p_keep interval
) returns void
language plpgsql as $$
begin
  update imports
  set state = 'done', created = p_created, updated = p_updated, unchanged = p_rows - p_created - p_updated,
    failure = null, finished_at = p_now, kept_until = p_now + p_keep
  where company_id = p_import.company_id and id = p_import.id;

  insert into audit_entries
    (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, entity_name, details)
  values (
    p_import.company_id, 'USER', p_import.started_by, p_import.started_by_name, p_entity || 'BulkImported', 'Import',
    p_import.id, p_import.file_name, jsonb_build_object('created', p_created, 'updated', p_updated)
  );
end
$$;

-- Locks a finished import that is to be undone; null when that has happened already.
create or replace function claim_undo(p_kind text, p_import text, p_now timestamptz) returns imports
language plpgsql as $$
declare
  claimed imports;
begin
  select * into claimed
  from imports
  where company_id = entered_company() and kind = p_kind and id = p_import
  for update;
  if claimed.id is null then
    raise exception 'Import not found.' using errcode = 'DS404';
  elsif claimed.state = 'undone' then
    return null;
  elsif claimed.state <> 'done' or claimed.kept_until is null or claimed.kept_until <= p_now then
    raise exception 'This import cannot be undone: only a finished one can, for 30 days.' using errcode = 'DS409';
  end if;
  return claimed;
end
$$;

-- Says what undoing did. What is still in import_changes was kept, and stays there to be listed.
create or replace function finish_undo(p_import imports, p_entity text, p_removed integer, p_restored integer)
returns void
language plpgsql as $$
declare
  result constant jsonb := jsonb_build_object(
    'removed', p_removed, 'restored', p_restored, 'kept', (
      select count(*) from import_changes where company_id = p_import.company_id and import_id = p_import.id
    )
  );
begin
  update imports set state = 'undone', undo = result where company_id = p_import.company_id and id = p_import.id;

  perform write_audit(
    p_import.company_id, p_entity || 'BulkImportUndone', 'Import', p_import.id, p_import.file_name, result
  );
end
$$;

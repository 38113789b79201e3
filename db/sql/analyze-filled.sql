-- Tells the planner about tables that imports have filled, where nobody does so soon (autovacuum) or ever (the embedded
-- database): those that have grown by a tenth since it last looked. Only their owner may, so unlike all other functions
-- that look past row-level security this one is the owner's; it is asked nothing and answers nothing. It keeps nobody
-- from reading or writing, and leaves out what another session is analyzing.
create or replace function analyze_filled() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  filled text;
begin
  for filled in
    select c.oid::regclass::text
    from pg_class c
    where c.oid = any (
        array[
          'products', 'stock_levels', 'stock_movements', 'customers', 'storefront_accounts', 'import_changes',
          'price_overrides', 'audit_entries', 'events'
        ]::regclass[]
      )
      and pg_relation_size(c.oid) > 1.1 * c.relpages * current_setting('block_size')::bigint
    order by c.oid
  loop
    execute format('analyze (skip_locked) %s', filled);
  end loop;
end
$$;

-- Tells the planner about tables that imports have filled, where nobody does so soon (autovacuum) or ever (the embedded
-- database): those that have grown by a fiftieth since it last looked. Of a company that it has never seen it expects one
-- row, for which any index seems as good as the key's. Only a table's owner may analyze it, so this function belongs to
-- the owner, unlike all others that look past row-level security; it takes nothing and returns nothing. It blocks no reads
-- and no writes, and skips what another session is analyzing.
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
      and pg_relation_size(c.oid) > 1.02 * c.relpages * current_setting('block_size')::bigint
    order by c.oid
  loop
    execute format('analyze (skip_locked) %s', filled);
  end loop;
end
$$;

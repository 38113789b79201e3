-- The ids of one page of the products whose name, SKU or category contains a text, newest first, for the API: the
-- description is searched where people look around (product_page). Runs as distribu_system and filters on the entered
-- company itself, and looks in two turns (see search-customers.sql): the list's next 300, unless only one category is asked
-- for, and then what an index finds, by the text or by the category.
--   p_text  lower-case, as typed     p_active, p_category  null = any
--   p_key, p_id  where the page before ended; null = the first page
create or replace function search_products(
  p_text text, p_active boolean, p_category text, p_key timestamptz, p_id text, p_limit integer
) returns setof text
language plpgsql stable rows 50 security definer
-- Costly rows: the narrowest index is read, as in product-page.sql.
set search_path = public, pg_temp set enable_seqscan = off set enable_sort = off
set cpu_tuple_cost = 1000 set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  listed constant text := 'select id, search_key, created_at from products where company_id = $1'
    || case when p_active is null then '' else ' and active = $2' end
    || case when p_category is null then '' else ' and category = $3' end
    || case when p_key is null then '' else ' and (created_at, id) < ($4, $5)' end;
  newest constant text := ' order by created_at desc, id desc';
  -- The trigram index knows the whole key, the rest of which is the description (src/catalog/keys.ts).
  called constant text := ' search_key like $6 and substring(search_key from ''^[^\n]*\n[^\n]*\n[^\n]*'') like $6';
  pattern constant text := containing(p_text);
  page text[];
begin
  if p_category is null then
    execute 'select array(select id from (' || listed || newest
      || case when length(p_text) < 3 then '' else ' limit 300' end
      || ') as near where' || called || newest || ' limit $7)'
    into page
    using entered_company(), p_active, p_category, p_key, p_id, pattern, p_limit;
  end if;
  if p_category is not null or length(p_text) >= 3 and cardinality(page) < p_limit then
    -- A fence keeps the order out of it: the rows are found first, and sorted then.
    execute 'with matching as materialized (' || listed || ' and' || called
      || ') select array(select id from matching' || newest || ' limit $7)'
    into page
    using entered_company(), p_active, p_category, p_key, p_id, pattern, p_limit;
  end if;
  return query select unnest(page);
end
$$;

alter function search_products owner to distribu_system;

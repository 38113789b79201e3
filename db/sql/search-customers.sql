-- The ids of one page of the customers whose email or name contains a text. Under row-level security only leakproof
-- operators reach an index, and LIKE is none; so the search runs as distribu_system and filters on the entered company
-- itself. The planner may not look at statistics there either, so the two ways are tried in turn instead of guessed, and
-- sorting is only for what has no order (what is switched off costs the planner so much that it would compile the query,
-- hence no JIT):
--   1. The list's next thousand rows, in its own order: what matches often fills its page from them.
--   2. Otherwise the trigram index, which finds what matches rarely. It needs three characters; one or two of them go on
--      in the list's order and stop at a page.
--   p_text   lower-case, as typed          p_status  null = any
--   p_sort   created | name | email        p_key, p_id  where the page before ended; null = the first page
create or replace function search_customers(
  p_text text, p_status text, p_sort text, p_descending boolean, p_key text, p_id text, p_limit integer
) returns setof text
language plpgsql stable rows 50 security definer
-- Costly rows: the narrowest index is read, as in product-page.sql.
set search_path = public, pg_temp set enable_seqscan = off set enable_sort = off
set cpu_tuple_cost = 1000 set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  sort_column text := case p_sort when 'name' then 'name_key' when 'email' then 'email' else 'created_at' end;
  sort_type text := case when sort_column = 'created_at' then 'timestamptz' else 'text' end;
  direction text := case when p_descending then 'desc' else 'asc' end;
  pattern text := containing(p_text);
  sorted text := format(' order by %1$I %2$s, id %2$s', sort_column, direction);
  listed text := format('select id, search_key, %I from customers where company_id = $1', sort_column)
    || case when p_status is null then '' else ' and status = $3' end
    || case
      when p_key is null then ''
      else format(' and (%I, id) %s ($4::%s, $5)', sort_column, case when p_descending then '<' else '>' end, sort_type)
    end;
  near text := listed || sorted || case when length(p_text) < 3 then '' else ' limit 1000' end;
  page text[];
begin
  execute 'select array(select id from (' || near || ') as near where search_key like $2' || sorted || ' limit $6)'
  into page
  using entered_company(), pattern, p_status, p_key, p_id, p_limit;
  if cardinality(page) = p_limit or length(p_text) < 3 then
    return query select unnest(page);
  else
    -- A fence keeps the order out of it: the rows are found first, and sorted then.
    return query execute
      'with matching as materialized (' || listed || ' and search_key like $2) select id from matching' || sorted || ' limit $6'
    using entered_company(), pattern, p_status, p_key, p_id, p_limit;
  end if;
end
$$;

alter function search_customers owner to distribu_system;

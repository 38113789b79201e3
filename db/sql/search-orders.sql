-- The ids of one page of a company's orders, for the dashboard's list and a customer's history. Runs as distribu_system
-- and filters on the entered company itself (see search-customers.sql). Every value is known when its statement is planned,
-- so dates, totals and statuses are found by whichever index suits them. A text is searched in two turns:
--   1. The list's next thousand orders, in its own order: what matches often fills its page from them.
--   2. Otherwise the trigram index, which finds what matches rarely. It needs three characters; one or two of them go on
--      in the list's order and stop at a page.
--   p_text      lower-case, as typed; null = no search      p_status, p_customer  null = any
--   p_from, p_until  when it was placed, p_until excluded   p_least, p_most  its total in cents; null = any
--   p_sort      created | total | status                    p_key, p_id  where the page before ended; null = the first page
-- By status means: by status, then by date; its key is both with a blank between.
create or replace function order_page(
  p_text text, p_status text, p_customer text, p_from timestamptz, p_until timestamptz, p_least bigint, p_most bigint,
  p_sort text, p_descending boolean, p_key text, p_id text, p_limit integer
) returns setof text
language plpgsql stable rows 50 security definer
-- Costly rows: the narrowest index is read, as in product-page.sql.
set search_path = public, pg_temp set enable_seqscan = off set enable_sort = on
set cpu_tuple_cost = 1000 set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  columns constant text := case p_sort
    when 'total' then 'total_cents'
    when 'status' then 'status, created_at'
    else 'created_at'
  end;
  start constant text := case p_sort
    when 'total' then '$8::bigint'
    when 'status' then 'split_part($8, '' '', 1), split_part($8, '' '', 2)::timestamptz'
    else '$8::timestamptz'
  end;
  direction constant text := case when p_descending then 'desc' else 'asc' end;
  sorted constant text := ' order by ' || replace(columns, ',', ' ' || direction || ',') || format(' %s, id %1$s', direction);
  listed constant text := 'select id, search_key, status, created_at, total_cents from orders where company_id = $1'
    || case when p_status is null then '' else ' and status = $2' end
    || case when p_customer is null then '' else ' and customer_id = $3' end
    || case when p_from is null then '' else ' and created_at >= $4' end
    || case when p_until is null then '' else ' and created_at < $5' end
    || case when p_least is null then '' else ' and total_cents >= $6' end
    || case when p_most is null then '' else ' and total_cents <= $7' end
    || case
      when p_key is null then ''
      else format(' and (%s, id) %s (%s, $9)', columns, case when p_descending then '<' else '>' end, start)
    end;
  pattern constant text := containing(p_text);
  -- An index has all that is asked for in its order, so that reading stops when the page is full.
  is_ordered constant boolean := case p_sort
    when 'created' then coalesce(p_least, p_most) is null
    when 'total' then coalesce(p_from, p_until) is null and p_customer is null
    else coalesce(p_least, p_most) is null and coalesce(p_from, p_until) is null and p_customer is null
  end;
  page text[];
begin
  -- Without statistics the planner would rather read all there is, and sort it. The setting ends with the function.
  perform set_config('enable_sort', case when is_ordered then 'off' else 'on' end, true);
  execute case
    when p_text is null then format('select array(select id from (%s%s limit $11) as page)', listed, sorted)
    -- The limit keeps the text out of the choice of an index.
    else format(
      'select array(select id from (%s%s limit %s) as near where search_key like $10%2$s limit $11)',
      listed, sorted, case when length(p_text) < 3 then '10000000' else '1000' end
    )
  end
  into page
  using entered_company(), p_status, p_customer, p_from, p_until, p_least, p_most, p_key, p_id, pattern, p_limit;
  if length(p_text) >= 3 and cardinality(page) < p_limit then
    -- A fence keeps the order out of it: the rows are found first, and sorted then.
    execute format(
      'with matching as materialized (%s and search_key like $10) select array(select id from matching%s limit $11)',
      listed, sorted
    )
    into page
    using entered_company(), p_status, p_customer, p_from, p_until, p_least, p_most, p_key, p_id, pattern, p_limit;
  end if;
  return query select unnest(page);
end
$$;

alter function order_page owner to distribu_system;

-- Which product each row of a quick order means, and where it means none, what is nearest. Runs as distribu_system on the
-- entered company, because under row-level security neither LIKE nor trigrams reach an index (see search-customers.sql).
--   p_rows  [{ row, text, whole, product }]: a SKU or words, as typed; whole = the same with a figure that may be part of the
--           name, or null; product = an id that was chosen already, or null
-- Tried in this order: the id, the SKU as typed, in other letters, with other marks between them, the name, the one product
-- whose name has all words (folded-words.sql). Category and description decide nothing. What is nearest is the first page
-- of a search (find-products.sql), which is looked for during the first two seconds. What is for sale goes before what is
-- not. by_whole = it was the whole that matched.
create or replace function match_products(p_rows jsonb)
returns table (row_number integer, product_id text, by_whole boolean, nearest text[])
language plpgsql stable rows 100 security definer
-- Costly rows: the narrowest index is read, as in product-page.sql; and no plan is kept of when there were few products.
set search_path = public, pg_temp set enable_seqscan = off set cpu_tuple_cost = 1000
set max_parallel_workers_per_gather = 0 set plan_cache_mode = force_custom_plan set jit = off as $$
declare
  company constant text := entered_company();
  started constant timestamptz := clock_timestamp();
  wanted record;
begin
  for wanted in
    select r.row, r.text, r.whole, r.product
    from jsonb_to_recordset(p_rows) as r (row integer, text text, whole text, product text)
  loop
    row_number := wanted.row;
    by_whole := false;
    nearest := '{}';
    product_id := (select p.id from products p where p.company_id = company and p.id = wanted.product);
    if product_id is null and wanted.whole is not null then
      product_id := match_product(company, wanted.whole);
      by_whole := product_id is not null;
    end if;
    if product_id is null then
      product_id := match_product(company, wanted.text);
    end if;
    -- Looking for what is near takes longest; a list of nothing but unknown rows does not hold up the answer.
    if product_id is null and clock_timestamp() < started + interval '2 seconds' then
      nearest := array(
        select f.id from find_products(wanted.text, true, null, false, null, false, false, null, null, 4) as f order by f.place, f.id
      );
    end if;
    return next;
  end loop;
end
$$;

-- The one product a text means, or null.
create or replace function match_product(p_company text, p_text text) returns text
language plpgsql stable as $$
declare
  lowered constant text := lower(p_text);
  folded constant text := fold_text(lowered);
  squeezed constant text := replace(folded, ' ', '');
  patterns constant text[] := folded_words(p_text);
  by_index constant text[] := indexed_words(patterns);
  whole constant text[] := array(select ' ' || pattern || '(e?s)? ' from unnest(patterns) as pattern);
  found text[];
  in_whole_words integer;
begin
  found := array(
    select p.id
    from products p
    where p.company_id = p_company and p.sku in (p_text, upper(p_text), lowered)
    order by p.sku = p_text desc
    limit 1
  );
  if coalesce(cardinality(found), 0) = 0 and length(squeezed) >= 3 then
    -- Of SKUs that differ in marks only, the one with the same marks is meant, or none of them.
    select case when min(s.other_marks) = 0 or count(*) = 1 then (array_agg(s.id order by s.other_marks, s.active desc, s.id))[:1] end
    into found
    from (
      select p.id, p.active, (lower(p.sku) <> lowered)::integer as other_marks
      from products p
      where p.company_id = p_company and product_words(p.search_key) like squeezed || E'\n%'
      limit 20
    ) s;
  end if;
  if coalesce(cardinality(found), 0) = 0 then
    found := array(
      select p.id
      from products p
      where p.company_id = p_company and p.name_key = lowered
      order by p.active desc, p.id
      limit 1
    );
  end if;
  if coalesce(cardinality(found), 0) = 0 and cardinality(by_index) > 0 then
    found := array(
      select p.id
      from products p
      where p.company_id = p_company
        and product_words(p.search_key) ~ ('^[^\n]*\n *' || regexp_replace(trim(folded), ' +', ' +', 'g') || ' *\n')
      order by p.active desc, p.id
      limit 1
    );
  end if;
  if coalesce(cardinality(found), 0) = 0 and length(by_index[1]) >= 5 then
    select array_agg(n.id order by n.is_whole desc), count(*) filter (where n.is_whole) into found, in_whole_words
    from (
      select p.id, ' ' || split_part(product_words(p.search_key), E'\n', 2) || ' ' ~ all (whole) as is_whole
      from products p
      where p.company_id = p_company and p.active
        and product_words(p.search_key) ~ by_index[1] and product_words(p.search_key) ~ coalesce(by_index[2], by_index[1])
        and split_part(product_words(p.search_key), E'\n', 2) ~ all (patterns)
      limit 20
    ) n;
    return case when in_whole_words = 1 or cardinality(found) = 1 then found[1] end;
  end if;
  return found[1];
end
$$;

drop function if exists nearest_products(text, text);

alter function match_products owner to distribu_system;

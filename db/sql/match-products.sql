-- A parameter of a library may be set only where the library is loaded, unless by a superuser.
select show_limit();

-- Which product each row of a quick order means, and where it means none, what is nearest. Runs as distribu_system on the
-- entered company, because under row-level security neither LIKE nor trigrams reach an index (see search-customers.sql).
--   p_rows  [{ row, text, whole, product }]: a SKU or words, as typed; whole = the same with a figure that may be part of the
--           name, or null; product = an id that was chosen already, or null
-- Tried in this order: the id, the SKU as typed, the SKU in other letters, the name, the one product whose name has all words.
-- What is nearest is looked for during the first two seconds. What is for sale goes before what is not. by_whole = it was the whole that matched.
create or replace function match_products(p_rows jsonb)
returns table (row_number integer, product_id text, by_whole boolean, nearest text[])
language plpgsql stable rows 100 security definer
-- Costly rows: the narrowest index is read, as in product-page.sql; and no plan is kept of when there were few products.
set search_path = public, pg_temp set enable_seqscan = off set cpu_tuple_cost = 1000
set max_parallel_workers_per_gather = 0 set plan_cache_mode = force_custom_plan set jit = off
set pg_trgm.word_similarity_threshold = 0.4 as $$
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
      nearest := nearest_products(company, lower(wanted.text));
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
  words constant text[] := (
    select array_agg(containing(word) order by length(containing(word)) desc)
    from regexp_split_to_table(lowered, '\s+') as word
  );
  found text[];
begin
  found := array(
    select p.id
    from products p
    where p.company_id = p_company and p.sku in (p_text, upper(p_text), lowered)
    order by p.sku = p_text desc
    limit 1
  );
  if cardinality(found) = 0 and length(lowered) >= 3 then
    found := array(
      select p.id
      from products p
      where p.company_id = p_company and p.search_key like containing(lowered) and lower(p.sku) = lowered
      order by p.active desc, p.id
      limit 1
    );
  end if;
  if cardinality(found) = 0 then
    found := array(
      select p.id
      from products p
      where p.company_id = p_company and p.name_key = lowered
      order by p.active desc, p.id
      limit 1
    );
  end if;
  if cardinality(found) = 0 and length(words[1]) >= 5 then
    found := array(
      select p.id
      from products p
      where p.company_id = p_company and p.active and p.search_key like words[1] and p.name_key like all (words)
      limit 2
    );
  end if;
  return case when cardinality(found) = 1 then found[1] end;
end
$$;

-- Up to four products for sale whose names or SKUs look most like a text, the likest first.
create or replace function nearest_products(p_company text, p_text text) returns text[]
language sql stable as $$
  select array(
    select c.id
    from (
      select p.id, p.name_key, lower(p.sku) as sku
      from products p
      where p.company_id = p_company and p.search_key %> p_text and p.active
      limit 500
    ) c
    order by greatest(similarity(c.name_key, p_text), similarity(c.sku, p_text), word_similarity(p_text, c.name_key)) desc, c.id
    limit 4
  )
$$;

alter function match_products owner to distribu_system;

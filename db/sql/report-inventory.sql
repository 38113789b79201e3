-- What a company has on its shelves, added up: products, units, their value at catalogue prices in cents, how many of them
-- are at or below their threshold and how many are out. Whole numbers as numeric: the value may be more than bigint holds.
create or replace function inventory_totals()
returns table (products bigint, units numeric, cents numeric, low bigint, out_of_stock bigint)
language plpgsql stable rows 1 set enable_seqscan = off set enable_nestloop = off set jit = off as $$
declare
  threshold constant bigint := (select c.low_stock_threshold from companies c where c.id = entered_company());
begin
  return query
    select count(*), coalesce(sum(s.on_hand), 0), coalesce(sum(s.on_hand::numeric * p.price_cents), 0),
      count(*) filter (where s.on_hand <= coalesce(p.low_stock_threshold, threshold)),
      count(*) filter (where s.on_hand = 0)
    from stock_levels s
    join products p on p.company_id = entered_company() and p.id = s.product_id
    where s.company_id = entered_company();
end
$$;

-- Lines by the ids of their products, each product once (decision 20). A SKU that no product has stays, with an id that no
-- row has.
create or replace function lines_by_id(p_lines jsonb) returns jsonb
language plpgsql stable as $$
declare
  lines jsonb;
begin
  select jsonb_agg(to_jsonb(line) order by line.place) into lines
  from (
    select coalesce(l."productId", p.id, 'prd_') as "productId", case when p.id is null then l.sku end as sku,
      sum(l.quantity) as quantity, min(l."seenCents") as "seenCents", min(l.place) as place
    from rows from (
      jsonb_to_recordset(p_lines) as ("productId" text, sku text, quantity bigint, "seenCents" bigint)
    ) with ordinality as l ("productId", sku, quantity, "seenCents", place)
    left join products p on l."productId" is null and p.company_id = entered_company() and p.sku = l.sku
    group by 1, 2
  ) line;
  if jsonb_path_exists(lines, '$[*] ? (@.quantity > 99999)') then
    raise exception 'quantity must be at most 99999' using errcode = 'DS422';
  end if;
  return lines;
end
$$;

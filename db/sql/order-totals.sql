-- What comes on top of a subtotal, in cents: the one place where an order's tax is rounded, half up (decision 19), and
-- where it is decided whether delivering is free. Cart, checkout and place_order() all ask here. Multiplied, because
-- dividing rounds great amounts a first time.
create or replace function order_totals(
  p_subtotal bigint, p_tax_rate_ppm bigint, p_shipping bigint, p_free_shipping_from bigint
) returns table (tax bigint, shipping bigint, total bigint)
language sql immutable parallel safe
begin atomic
  select t.tax, s.shipping, p_subtotal + t.tax + s.shipping
  from
    (select round(p_subtotal::numeric * p_tax_rate_ppm * 0.000001)::bigint as tax) t,
    (select case when p_subtotal >= p_free_shipping_from then 0 else p_shipping end as shipping) s;
end;

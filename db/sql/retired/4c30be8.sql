-- Functions that the Worker of 4c30be8 calls and this one no longer does: dropped by the release after this.

-- Where an invitation goes: to a contact of this customer who has not chosen a password yet.
create or replace function invited_email(p_customer text, p_contact text) returns text
language plpgsql stable as $$
declare
  contact contacts;
begin
  select * into contact from contacts
  where company_id = entered_company() and customer_id = p_customer and id = p_contact;
  if contact.id is null then
    raise exception 'Contact not found.' using errcode = 'DS404';
  elsif contact.password_hash is not null then
    raise exception 'This person has already chosen a password.' using errcode = 'DS409';
  end if;
  return contact.email;
end
$$;

-- The ids of the first products by name with these words in them that a customer has no price of their own for. What has
-- one is left out before anything is counted: of a customer with thousands of prices, the first thousands may have one.
-- Runs as distribu_system and chooses its way, as product_page does (product-page.sql):
--   1. What has no price, by name, until the list is full. Of three characters or more these are only the next 300.
--   2. Otherwise all that match, found by the trigram index, and then sorted.
--   p_text  lower-case, as typed
create or replace function products_to_price(p_customer text, p_text text, p_limit integer) returns setof text
language plpgsql stable rows 10 security definer
-- Costly rows: the narrowest index is read, as in product-page.sql.
set search_path = public, pg_temp set enable_seqscan = off set enable_sort = off
set cpu_tuple_cost = 1000 set max_parallel_workers_per_gather = 0
set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  company constant text := entered_company();
  pattern constant text := '%' || replace(replace(replace(p_text, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  is_rare constant boolean := length(p_text) >= 3;
  unpriced constant text := 'select p.id, p.name_key, p.search_key from products p where p.company_id = $1 and (select true'
    || ' from price_overrides o where o.company_id = $1 and o.customer_id = $2 and o.product_id = p.id limit 1) is null';
  first constant text := ' order by name_key, id limit $4)';
  found_ids text[];
begin
  execute 'select array(select id from (' || unpriced || ' order by p.name_key, p.id'
    || case when is_rare then ' limit 300' else '' end || ') as near where search_key like $3' || first
  into found_ids
  using company, p_customer, pattern, p_limit;
  if is_rare and cardinality(found_ids) < p_limit then
    execute 'with matching as materialized (' || unpriced || ' and p.search_key like $3) select array(select id from matching'
      || first
    into found_ids
    using company, p_customer, pattern, p_limit;
  end if;
  return query select unnest(found_ids);
end
$$;

alter function products_to_price owner to distribu_system;

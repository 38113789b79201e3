-- Many customers at once over the API, by email: those there are get the fields that were sent, the others are new.
-- They are locked in the order of their emails and by one statement, which the plan counts last, as an import does it.

-- The items of a batch: [{ index, id, email, … }] with the id for the case that it is new; `item` tells what was sent.
create or replace function customer_items(p_items jsonb)
returns table (
  item jsonb, index integer, id text, email text, name text, name_key text, status text, notes text,
  credit_limit_cents bigint, tax_rate_override_ppm bigint
)
language sql immutable rows 100 as $$
  select element, i.index, i.id, i.email, i.name, i."nameKey", i.status, i.notes, i."creditLimitCents",
    i."taxRateOverridePpm"
  from jsonb_array_elements(p_items) as element
  cross join lateral jsonb_to_record(element) as i (
    index integer, id text, email text, name text, "nameKey" text, status text, notes text, "creditLimitCents" bigint,
    "taxRateOverridePpm" bigint
  )
$$;

-- By its key, whatever the planner knows of a company that was just filled: the limit keeps it from joining all customers.
create or replace function customer_by_email(p_email text) returns setof customers
language sql stable as $$
  select * from customers where company_id = entered_company() and email = p_email limit 1
$$;

-- Which items cannot be, and why, as far as can be seen by now: { index: taken (by a contact) | full (the plan) }.
create or replace function failing_customers(p_items jsonb) returns jsonb
language sql stable as $$
  select coalesce(jsonb_object_agg(new_one.index, new_one.reason) filter (where new_one.reason is not null), '{}')
  from (
    select i.index,
      case
        when account.email is not null then 'taken'
        when row_number() over (partition by account.email is null order by i.index) > usage.places then 'full'
      end as reason
    from customer_items(p_items) i
    cross join (
      select max_customers - customers as places from plan_usage where company_id = entered_company()
    ) usage
    left join lateral customer_by_email(i.email) c on true
    left join lateral (
      select a.email from storefront_accounts a where a.company_id = entered_company() and a.email = i.email limit 1
    ) account on true
    where c.id is null
  ) new_one
$$;

-- Inserts or changes what can be; of an atomic batch all or nothing. Each email is in it once.
-- Returns { index, status: created | updated | unchanged, row } or { index, status: failed, reason } of each item; of an
-- atomic batch that failed only what failed.
create or replace function upsert_customers(p_items jsonb, p_atomic boolean, p_now timestamptz) returns jsonb
language plpgsql as $$
declare
  company constant text := entered_company();
  failed jsonb;
  created text[];
  updated text[];
  results jsonb;
begin
  for attempt in 1..10 loop
    failed := failing_customers(p_items);
    if p_atomic and failed <> '{}' then
      return (
        select jsonb_agg(jsonb_build_object('index', key::integer, 'status', 'failed', 'reason', value) order by key::integer)
        from jsonb_each(failed)
      );
    end if;
    begin
      -- A conflicting row is locked though nothing is written to it. To name a column that no foreign key refers to keeps
      -- the lock from waiting for orders.
      with inserted as (
        insert into customers (
          company_id, id, email, name, status, notes, credit_limit_cents, tax_rate_override_ppm, name_key, search_key,
          created_at, updated_at
        )
        select company, id, email, name, coalesce(status, 'ACTIVE'), notes, credit_limit_cents, tax_rate_override_ppm,
          coalesce(name_key, email), email || e'\n' || coalesce(name_key, ''), p_now, p_now
        from customer_items(p_items)
        where not failed ? index::text
        order by email collate "C"
        on conflict (company_id, email) do update set name = excluded.name where false
        returning id
      )
      select coalesce(array_agg(id), '{}') into created from inserted;
      exit;
    exception when unique_violation or sqlstate 'DS422' then
      -- Somebody was quicker by a contact or a place: the next look says whose item fails for it. Its locks are gone.
      if attempt = 10 then
        raise;
      end if;
    end;
  end loop;

  with changed as (
    update customers c
    set name = case when i.item ? 'name' then i.name else c.name end,
      name_key = case when i.item ? 'name' then coalesce(i.name_key, c.email) else c.name_key end,
      search_key = case when i.item ? 'name' then c.email || e'\n' || coalesce(i.name_key, '') else c.search_key end,
      status = coalesce(i.status, c.status),
      notes = case when i.item ? 'notes' then i.notes else c.notes end,
      credit_limit_cents = case when i.item ? 'creditLimitCents' then i.credit_limit_cents else c.credit_limit_cents end,
      tax_rate_override_ppm = case
        when i.item ? 'taxRateOverridePpm' then i.tax_rate_override_ppm else c.tax_rate_override_ppm
      end
    from customer_items(p_items) i
    cross join lateral customer_by_email(i.email) known
    where not failed ? i.index::text and known.id <> all (created) and c.company_id = company and c.id = known.id
    returning c.id
  )
  select coalesce(array_agg(id), '{}') into updated from changed;

  select coalesce(
    jsonb_agg(
      case
        when failed ? i.index::text then
          jsonb_build_object('index', i.index, 'status', 'failed', 'reason', failed -> i.index::text)
        else jsonb_build_object(
          'index', i.index,
          'status', case when c.id = any (created) then 'created' when c.id = any (updated) then 'updated' else 'unchanged' end,
          'row', customer_snapshot(c.id)
        )
      end
      order by i.index
    ),
    '[]'
  )
  into results
  from customer_items(p_items) i
  left join lateral customer_by_email(i.email) c on true;
  perform set_config('app.answer', results::text, true);
  return results;
end
$$;

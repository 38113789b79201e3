-- Plan limits hold for every way in because the table itself counts (decision 13): after each statement the counter
-- row moves by as many rows, and a statement that would pass the maximum is refused whole.
-- Argument: what is counted; plan_usage has the columns <it> and max_<it>.
create or replace function count_usage() returns trigger
language plpgsql as $$
declare
  moved record;
  taken integer;
begin
  for moved in select company_id, count(*) as n from changed group by company_id loop
    if tg_op = 'DELETE' then
      execute format('update plan_usage set %1$I = %1$I - $2 where company_id = $1', tg_argv[0])
      using moved.company_id, moved.n;
    else
      execute format(
        'update plan_usage set %1$I = %1$I + $2 where company_id = $1 and (%2$I is null or %1$I + $2 <= %2$I)',
        tg_argv[0], 'max_' || tg_argv[0]
      )
      using moved.company_id, moved.n;
      get diagnostics taken = row_count;
      if taken = 0 then
        raise exception 'plan limit reached: %', tg_argv[0] using errcode = 'DS422', constraint = 'plan_' || tg_argv[0];
      end if;
    end if;
  end loop;
  return null;
end
$$;

create or replace trigger count_customers_in after insert on customers
referencing new table as changed for each statement execute function count_usage('customers');

create or replace trigger count_customers_out after delete on customers
referencing old table as changed for each statement execute function count_usage('customers');

create or replace trigger count_products_in after insert on products
referencing new table as changed for each statement execute function count_usage('products');

create or replace trigger count_products_out after delete on products
referencing old table as changed for each statement execute function count_usage('products');

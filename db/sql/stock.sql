-- Every change of a stock level leaves a movement in the same transaction, so what is on hand is the sum of the ledger at
-- any moment. The reason and what it was for are settings of the transaction; where nobody set them somebody has edited
-- the stock, which the audit log names, too.

create or replace function stock_reason() returns text
language sql stable
return coalesce(nullif(current_setting('app.stock_reason', true), ''), 'edit');

-- Why stock changes from here on, and for which order or import; '' = edited again.
create or replace function set_stock_reason(p_reason text, p_reference text) returns void
language plpgsql as $$
begin
  perform set_config('app.stock_reason', p_reason, true), set_config('app.stock_reference', p_reference, true);
end
$$;

create or replace function record_stock_movement() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into stock_movements (company_id, product_id, delta, reason, reference)
    select company_id, product_id, on_hand, stock_reason(), nullif(current_setting('app.stock_reference', true), '')
    from new_levels
    where on_hand <> 0;
  else
    -- Added up and not joined: the plan is made once a session, for one row, and an import changes thousands.
    insert into stock_movements (company_id, product_id, delta, reason, reference)
    select company_id, product_id, sum(units), stock_reason(), nullif(current_setting('app.stock_reference', true), '')
    from (
      select company_id, product_id, on_hand as units from new_levels
      union all
      select company_id, product_id, -on_hand from old_levels
    ) as change
    group by company_id, product_id
    having sum(units) <> 0;
  end if;
  return null;
end
$$;

create or replace trigger record_first_movement after insert on stock_levels
referencing new table as new_levels for each statement execute function record_stock_movement();

create or replace trigger record_movement after update on stock_levels
referencing old table as old_levels new table as new_levels for each statement execute function record_stock_movement();

create or replace function audit_stock_edit() returns trigger
language plpgsql as $$
begin
  perform write_audit(
    new.company_id, 'ProductUpdated', 'Product', p.id, p.name,
    jsonb_build_object('stock', jsonb_build_object('from', old.on_hand, 'to', new.on_hand))
  )
  from products p
  where p.company_id = new.company_id and p.id = new.product_id;
  return null;
end
$$;

create or replace trigger audit_stock_edit after update on stock_levels
for each row when (
  old.on_hand <> new.on_hand and stock_reason() = 'edit' and current_setting('app.action', true) is distinct from 'bulk'
)
execute function audit_stock_edit();

-- Events, written in the transaction of the change: an order that committed has its events, whatever dies afterwards.
-- Each goes to every webhook of the company that wants it.

-- Imports fire none, nor does whoever writes rows without having entered a company: an operator, a seed.
create or replace function fires_events() returns boolean
language sql stable
return entered_company() is not null and current_setting('app.action', true) is distinct from 'bulk';

-- One save is one event: a second call in the same transaction keeps the newer snapshot.
create or replace function record_event(p_type text, p_entity text, p_snapshot jsonb) returns void
language plpgsql as $$
declare
  event events;
  ids text[];
begin
  insert into events as known (company_id, id, type, entity_id, snapshot, actor_type, actor_id, transaction)
  values (
    entered_company(), new_type_id('evt'), p_type, p_entity, p_snapshot,
    actor_type(), actor_id(), pg_current_xact_id()::text::bigint
  )
  on conflict on constraint events_once do update set snapshot = excluded.snapshot
  returning * into event;

  with sent as (
    insert into webhook_deliveries (company_id, id, webhook_id, event_id)
    select w.company_id, new_type_id('dlv'), w.id, event.id
    from webhooks w
    where w.company_id = event.company_id and w.active and p_type = any (w.events)
    on conflict on constraint webhook_deliveries_once do nothing
    returning id
  )
  select array_agg(sent.id) into ids from sent;
  perform announce_deliveries(ids);
end
$$;

-- The queue is to be told of these deliveries; null = none.
create or replace function announce_deliveries(p_ids text[]) returns void
language plpgsql as $$
begin
  if cardinality(p_ids) > 0 then
    perform set_config(
      'app.due', concat_ws(' ', nullif(current_setting('app.due', true), ''), array_to_string(p_ids, ' ')), true
    );
  end if;
end
$$;

-- What this transaction has announced, for whoever tells the queue: { companyId, ids }.
create or replace function due_deliveries() returns jsonb
language sql volatile
return jsonb_build_object(
  'companyId', entered_company(),
  'ids', to_jsonb(string_to_array(nullif(current_setting('app.due', true), ''), ' '))
);

create or replace function record_customer_event() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform record_event('customer.created', new.id, customer_snapshot(new));
  -- A new password or link is nobody else's business.
  elsif customer_snapshot(new) - array['version', 'updatedAt'] <> customer_snapshot(old) - array['version', 'updatedAt'] then
    perform record_event('customer.updated', new.id, customer_snapshot(new));
  end if;
  return null;
end
$$;

create or replace trigger record_event after insert or update on customers
for each row when (fires_events()) execute function record_customer_event();

-- Whoever tells of a product holds its stock level, as whoever sells or counts it does: so they come one after the other,
-- and the later event has seen what the earlier one did. Many are locked in the order in which orders lock them.
create or replace function record_product_event() returns trigger
language plpgsql as $$
begin
  perform lock_stock(array(select id from edited));
  perform record_event('product.updated', id, product_snapshot(id)) from edited;
  return null;
end
$$;

create or replace trigger record_event after update on products
referencing new table as edited
for each statement when (fires_events()) execute function record_product_event();

-- Stock that somebody has edited is an edit of its product; a sale is not.
create or replace function record_stock_event() returns trigger
language plpgsql as $$
declare
  threshold bigint;
begin
  if stock_reason() = 'edit' then
    perform record_event('product.updated', new.product_id, product_snapshot(new.product_id));
  end if;
  if new.on_hand < old.on_hand then
    select coalesce(p.low_stock_threshold, c.low_stock_threshold) into threshold
    from products p
    join companies c on c.id = p.company_id
    where p.company_id = new.company_id and p.id = new.product_id;
    if old.on_hand > threshold and new.on_hand <= threshold then
      perform record_event('product.low_stock', new.product_id, product_snapshot(new.product_id));
    end if;
  end if;
  return null;
end
$$;

create or replace trigger record_event after update on stock_levels
for each row when (old.on_hand <> new.on_hand and fires_events())
execute function record_stock_event();

-- Before an update: a save that changes nothing writes nothing; any other raises the version, which is what optimistic
-- concurrency compares.
create or replace function touch_row() returns trigger
language plpgsql as $$
begin
  new.version := old.version;
  new.updated_at := old.updated_at;
  if new is not distinct from old then
    return null;
  end if;
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;

create or replace trigger touch_row before update on companies for each row execute function touch_row();
create or replace trigger touch_row before update on customers for each row execute function touch_row();
create or replace trigger touch_row before update on users for each row execute function touch_row();
create or replace trigger touch_row before update on contacts for each row execute function touch_row();
create or replace trigger touch_row before update on addresses for each row execute function touch_row();
create or replace trigger touch_row before update on products for each row execute function touch_row();
create or replace trigger touch_row before update on price_overrides for each row execute function touch_row();
create or replace trigger touch_row before update on orders for each row execute function touch_row();
-- Whether deliveries arrive is no edit: who is changing a webhook is not in the way of who is sending.
create or replace trigger touch_row before update on webhooks for each row
when (
  old.failing_since is not distinct from new.failing_since
  or (old.url, old.events, old.active, old.disabled_reason, old.secret)
    is distinct from (new.url, new.events, new.active, new.disabled_reason, new.secret)
)
execute function touch_row();

-- Whichever way a customer is blocked or a contact switched off, their browsers are signed out. The way back signs them out
-- as well: a session that began in between, or before this trigger existed, does not revive.
--
-- A session that is locked belongs to a request that may wait for this very row, so it is skipped. It ends on the way back:
-- until then none of its requests is let in, so none locks it.
create or replace function end_customer_sessions() returns trigger
language plpgsql as $$
begin
  if tg_table_name = 'customers' then
    delete from customer_sessions where id in (
      select id from customer_sessions
      where company_id = new.company_id and customer_id = new.id
      for update skip locked
    );
  else
    delete from customer_sessions where id in (
      select id from customer_sessions
      where company_id = new.company_id and contact_id = new.id
      for update skip locked
    );
  end if;
  return null;
end
$$;

create or replace trigger end_customer_sessions after update on customers for each row
when (old.status is distinct from new.status)
execute function end_customer_sessions();

create or replace trigger end_customer_sessions after update on contacts for each row
when (old.active is distinct from new.active)
execute function end_customer_sessions();

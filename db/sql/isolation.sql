-- Tenant isolation, the second time (the first is the company id in every query). Applied to whatever tables there
-- are, so a new table with a company is isolated because it exists.
do $$
declare
  t record;
begin
  for t in
    select c.oid::regclass as name,
      case when c.relname = 'companies' then 'id' else 'company_id' end as company_column
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and (c.relname = 'companies' or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped
      ))
  loop
    execute format('alter table %s enable row level security', t.name);
    execute format('alter table %s force row level security', t.name);
    execute format('drop policy if exists tenant on %s', t.name);
    execute format(
      'create policy tenant on %s to distribu_tenant using (%I = entered_company()) with check (%2$I = entered_company())',
      t.name, t.company_column
    );
    execute format('grant select, insert, update, delete on %s to distribu_tenant', t.name);
    -- The system role is limited by what it is granted below, not by rows.
    execute format('drop policy if exists system on %s', t.name);
    execute format('create policy system on %s to distribu_system using (true) with check (true)', t.name);
  end loop;
end
$$;

-- History is append-only, mails hold secret links, sessions are found by their secret alone.
revoke update, delete on audit_entries from distribu_tenant;
revoke select, update, delete on outbox from distribu_tenant;
revoke insert, delete on companies from distribu_tenant;
-- What has happened has happened; only the newest snapshot of one save replaces another.
revoke delete on events from distribu_tenant;
revoke update, delete on webhook_attempts from distribu_tenant;
-- A ledger that can be rewritten is none. Its triggers write with the right of whoever moves the stock.
revoke update, delete on stock_movements from distribu_tenant;
-- What was ordered stays ordered; orders only move on.
revoke delete on orders, order_lines from distribu_tenant;

-- Browsers are their owner's own business, whatever company they look at.
drop policy tenant on staff_sessions;
create policy tenant on staff_sessions to distribu_tenant using (
  user_id = current_setting('app.actor_id', true) and current_setting('app.actor_type', true) = 'USER'
);

-- A person's own account is reached through the company they are signed in to.
alter table users enable row level security;
alter table users force row level security;
drop policy if exists tenant on users;
create policy tenant on users to distribu_tenant using (
  exists (select from memberships m where m.company_id = entered_company() and m.user_id = users.id)
);
drop policy if exists system on users;
create policy system on users to distribu_system using (true) with check (true);
grant select, update on users to distribu_tenant;

-- Counters of daily limits belong to no company: only use_today() and the sweep touch them.
alter table daily_uses enable row level security;
alter table daily_uses force row level security;
drop policy if exists system on daily_uses;
create policy system on daily_uses to distribu_system using (true) with check (true);
grant select, insert, update, delete on daily_uses to distribu_system;

grant usage on all sequences in schema public to distribu_tenant, distribu_system;
grant select, insert, update, delete
  on users, memberships, staff_sessions, companies, former_slugs, plan_usage, outbox, imports, import_changes,
    customer_sessions
  to distribu_system;
grant select, insert on audit_entries to distribu_system;
grant select on customers, contacts, products, stock_levels, price_overrides, orders to distribu_system;
grant select, update on api_keys to distribu_system;
-- The sweep: what is due, and what has been kept long enough.
grant select on webhooks, webhook_deliveries, webhook_replays to distribu_system;
grant select, delete on events, idempotency_keys to distribu_system;

-- Functions that look past row-level security are for our roles only.
do $$
declare
  f record;
begin
  for f in select oid::regprocedure as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef loop
    execute format('revoke execute on function %s from public', f.name);
    execute format('grant execute on function %s to distribu_app, distribu_tenant, distribu_system', f.name);
  end loop;
end
$$;

-- After every change of a row people own: one audit entry in the same transaction, with what changed and who did it.
-- A verb may name the action through the setting app.action; `bulk` means that it writes one entry for all rows itself.

create or replace function camel_case(snake text) returns text
language sql immutable strict parallel safe
return (
  select string_agg(case when n = 1 then part else upper(left(part, 1)) || substr(part, 2) end, '' order by n)
  from string_to_table(snake, '_') with ordinality as parts (part, n)
);

-- `{ field: { from, to } }` of the fields that differ. Secrets appear as having changed, never as what they are.
create or replace function changed_fields(before jsonb, after jsonb) returns jsonb
language sql immutable parallel safe
return (
  select coalesce(
    jsonb_object_agg(
      camel_case(field),
      case
        when field in ('password_hash', 'secret') then '{}'::jsonb
        else jsonb_build_object('from', before -> field, 'to', after -> field)
      end
    ),
    '{}'::jsonb
  )
  from jsonb_object_keys(before || after) as field
  where coalesce(before -> field, 'null') <> coalesce(after -> field, 'null')
    and field not in (
      'id', 'company_id', 'version', 'created_at', 'updated_at', 'name_key', 'search_key', 'hash', 'last_used_at',
      'link_version', 'previous_secret', 'previous_secret_until', 'earlier_secrets', 'failing_since'
    )
);

-- Arguments: the entity's name in actions (`Customer` → CustomerUpdated) and the column people know a row by.
create or replace function audit_row() returns trigger
language plpgsql as $$
declare
  before jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
  after jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
  this jsonb := case when tg_op = 'DELETE' then before else after end;
  changes jsonb := changed_fields(before, after);
  company text := case
    when tg_table_name = 'companies' then this ->> 'id'
    else coalesce(this ->> 'company_id', entered_company())
  end;
  named text := nullif(current_setting('app.action', true), '');
begin
  if changes = '{}' then
    return null;
  end if;
  perform write_audit(
    concerned.company_id,
    coalesce(
      named,
      tg_argv[0] || case
        when tg_op = 'INSERT' then 'Created'
        when tg_op = 'DELETE' then 'Deleted'
        when changes ? 'status' and changes - 'status' = '{}' then 'StatusChanged'
        else 'Updated'
      end
    ),
    tg_argv[0],
    this ->> 'id',
    this ->> tg_argv[1],
    changes
  )
  -- A person changed outside any company (a password reset by mail) concerns every company they work for.
  from (
    select company as company_id where company is not null
    union all
    select m.company_id from memberships m where company is null and m.user_id = this ->> 'id'
  ) as concerned;
  return null;
end
$$;

do $$
declare
  t record;
begin
  for t in
    select *
    from (values
      ('addresses', 'Address', 'label', 'insert or update or delete'),
      ('api_keys', 'ApiKey', 'name', 'insert or update or delete'),
      ('companies', 'Company', 'name', 'insert or update or delete'),
      ('contacts', 'CustomerContact', 'email', 'insert or update or delete'),
      ('customers', 'Customer', 'email', 'insert or update or delete'),
      ('products', 'Product', 'name', 'insert or update or delete'),
      ('users', 'User', 'email', 'update'),
      ('webhooks', 'Webhook', 'url', 'insert or update or delete')
    ) as audited (name, entity, named_by, changes)
  loop
    execute format(
      'create or replace trigger audit_row after %s on %I for each row'
        || ' when (current_setting(''app.action'', true) is distinct from ''bulk'') execute function audit_row(%L, %L)',
      t.changes, t.name, t.entity, t.named_by
    );
  end loop;
end
$$;

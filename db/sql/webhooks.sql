-- Whether the company may have this webhook: one it has already, or one of at most 10. Whoever asks next waits until this
-- transaction is over, and then counts what it has left; counting inside the insert alone lets many in at once.
create or replace function webhook_place(p_id text) returns boolean
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(entered_company() || ' webhooks', 0));
  return exists (select from webhooks where company_id = entered_company() and id = p_id)
    or (select count(*) < 10 from webhooks where company_id = entered_company());
end
$$;

-- Keeps the former secrets of the last 24 hours at every rotation: `previous_secret` is the newest of them, `earlier_secrets`
-- those before it. With the current one at most six sign (decision 44). The rotation sets `previous_secret_until`, 24 hours
-- from its moment.
create or replace function keep_former_secrets() returns trigger
language plpgsql as $$
declare
  moment constant timestamptz := coalesce(new.previous_secret_until - interval '24 hours', now());
begin
  new.earlier_secrets := (
    select coalesce(jsonb_agg(former order by (former ->> 'until')::timestamptz desc), '[]')
    from jsonb_array_elements(
      old.earlier_secrets
        || jsonb_build_array(jsonb_build_object('secret', old.previous_secret, 'until', old.previous_secret_until))
    ) as former
    where (former ->> 'until')::timestamptz > moment
  );
  if jsonb_array_length(new.earlier_secrets) > 4 then
    raise exception 'A secret can be rotated at most 5 times in 24 hours.'
      using errcode = 'DS422', constraint = 'webhook_rotation_limit';
  end if;
  return new;
end
$$;

-- Before touch_row, by name.
create or replace trigger keep_former_secrets before update on webhooks for each row
when (old.secret <> new.secret)
execute function keep_former_secrets();

-- The former secrets that still sign after the newest one.
create or replace function still_signing(hook webhooks, p_now timestamptz) returns jsonb
language sql stable parallel safe
return (
  select coalesce(jsonb_agg(former -> 'secret' order by place), '[]')
  from jsonb_array_elements(hook.earlier_secrets) with ordinality as listed (former, place)
  where (former ->> 'until')::timestamptz > p_now
);

-- Stands before an update that sets this URL, where there is something wrong with its port: refuses it unless it is the one
-- that is saved already (decision 44).
create or replace function keep_webhook_url(p_id text, p_url text, p_problem text) returns void
language plpgsql as $$
declare
  saved text;
begin
  if p_problem is null then
    return;
  end if;
  select url into saved
  from webhooks where company_id = entered_company() and id = p_id for no key update;
  if saved <> p_url then
    raise exception '%', p_problem using errcode = 'DS422', constraint = 'webhook_port';
  end if;
end
$$;

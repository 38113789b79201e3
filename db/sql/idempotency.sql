-- A write of the API happens once for each Idempotency-Key: what it was answered with is kept in its own transaction, so
-- nothing is kept when nothing was committed. A refusal aborts the batch, as in enter.sql:
--   DS208 it has happened: kept_write() has the answer
--   DS409 the same request is still running, DS422 the key was used for another one

create or replace function kept_write(p_route text, p_key text, p_now timestamptz) returns idempotency_keys
language sql stable as $$
  select *
  from idempotency_keys
  where company_id = entered_company() and route = p_route and key = p_key and created_at > p_now - interval '24 hours'
$$;

-- The answer is people's data, secrets too, and PostgreSQL logs every error with its message and detail: it is in neither.
create or replace function begin_idempotent(
  p_route text, p_key text, p_fingerprint text, p_now timestamptz
) returns void
language plpgsql as $$
declare
  kept idempotency_keys := kept_write(p_route, p_key, p_now);
begin
  -- Only a write that may still be running is waited for: of one that has ended, any number may ask at once.
  if kept.key is null then
    if not pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', entered_company(), p_route, p_key), 2)) then
      raise exception 'A request with this Idempotency-Key is still running.' using errcode = 'DS409';
    end if;
    -- It may have ended between the look and the lock.
    kept := kept_write(p_route, p_key, p_now);
  end if;
  if kept.key is null then
    return;
  elsif kept.fingerprint <> p_fingerprint then
    raise exception 'This Idempotency-Key was used with another body.' using errcode = 'DS422';
  end if;
  raise exception 'This request has been answered before.' using errcode = 'DS208';
end
$$;

-- Keeps nothing where there is no answer, as of an order that was refused.
create or replace function keep_answer(
  p_route text, p_key text, p_fingerprint text, p_now timestamptz, p_answer jsonb
) returns void
language sql volatile as $$
  insert into idempotency_keys (company_id, route, key, fingerprint, answer, created_at)
  select entered_company(), p_route, p_key, p_fingerprint, p_answer, p_now
  where p_answer is not null
  on conflict (company_id, route, key) do update
  set fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at
$$;

-- Locks the resource, and refuses when it is not as one of the ETags says (src/lib/etag.ts). What is not there is
-- refused by whoever was to change it.
create or replace function expect_version(p_kind text, p_id text, p_etags text[]) returns void
language plpgsql as $$
declare
  present text;
begin
  case p_kind
    when 'customer' then
      select c.version::text into present
      from customers c where c.company_id = entered_company() and c.id = p_id for no key update;
    when 'product' then
      perform from products p where p.company_id = entered_company() and p.id = p_id for no key update;
      select p.version || '.' || s.on_hand into present
      from stock_levels s
      join products p on p.company_id = s.company_id and p.id = s.product_id
      where s.company_id = entered_company() and s.product_id = p_id
      for no key update of s;
    when 'order' then
      select o.version::text into present
      from orders o where o.company_id = entered_company() and o.id = p_id for no key update;
    when 'webhook' then
      select w.version::text into present
      from webhooks w where w.company_id = entered_company() and w.id = p_id for no key update;
  end case;
  if present is not null and not format('"%s"', present) = any (p_etags) then
    raise exception 'It was changed meanwhile: fetch it again.' using errcode = 'DS412';
  end if;
end
$$;

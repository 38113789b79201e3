-- The first statement of every transaction is one of these: it says who asks, checks that they may, and from there on
-- the transaction runs as distribu_tenant in one company (or as distribu_system, for the few questions without one).
-- A refusal aborts the whole batch with an SQLSTATE of our own, the HTTP status behind "DS":
--   DS401 not signed in, DS403 not allowed, DS404 not there, DS409 not now, DS422 a rule.

-- Runs with the caller's rights: a SECURITY DEFINER function may not change the role.
create or replace function enter_company(
  p_company text, p_actor_type text, p_actor_id text, p_actor_name text, p_action text
) returns void
language plpgsql as $$
begin
  perform set_config('app.company_id', p_company, true),
    set_config('app.actor_type', p_actor_type, true),
    set_config('app.actor_id', coalesce(p_actor_id, ''), true),
    set_config('app.actor_name', coalesce(p_actor_name, ''), true),
    set_config('app.action', coalesce(p_action, ''), true),
    set_config('statement_timeout', case when p_actor_type = 'SYSTEM' then '60s' else '10s' end, true),
    set_config('role', 'distribu_tenant', true);
end
$$;

create or replace function enter_system(p_actor_type text, p_actor_id text, p_actor_name text, p_action text)
returns void
language plpgsql as $$
begin
  perform set_config('app.company_id', '', true),
    set_config('app.actor_type', p_actor_type, true),
    set_config('app.actor_id', coalesce(p_actor_id, ''), true),
    set_config('app.actor_name', coalesce(p_actor_name, ''), true),
    set_config('app.action', coalesce(p_action, ''), true),
    set_config('statement_timeout', '30s', true),
    set_config('role', 'distribu_system', true);
end
$$;

-- A staff member's browser. The session slides: used again after an hour, it lives another 30 days, and 90 from the log-in
-- at most (`SESSION_DAYS` in src/session.ts says the same; decision 45).
drop function if exists find_staff_viewer(text, text, timestamptz);
create or replace function find_staff_viewer(p_session text, p_company text, p_now timestamptz)
returns table (
  "userId" text, "userName" text, "userEmail" text, "emailVerified" boolean, "role" text,
  "companyName" text, "companySlug" text, "plan" text, "trialEndsAt" timestamptz,
  "companyVerified" boolean, "currency" text, "timeZone" text, "confirmed" boolean, "renewed" boolean,
  "sessionEndsAt" timestamptz
)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
    select u.id, u.name, u.email, u.email_verified, m.role, c.name, c.slug, c.plan, c.trial_ends_at, c.verified,
      c.currency, c.time_zone, is_confirmed(s.confirmed_at, p_now), s.last_seen_at < p_now - interval '1 hour',
      least(p_now + interval '30 days', s.created_at + interval '90 days')
    from staff_sessions s
    join users u on u.id = s.user_id
    join memberships m on m.company_id = s.company_id and m.user_id = s.user_id
    join companies c on c.id = s.company_id
    where s.id = p_session and s.company_id = p_company and s.expires_at > p_now
      and s.created_at > p_now - interval '90 days';
  if not found then
    raise exception 'Please log in.' using errcode = 'DS401';
  end if;
  update staff_sessions s
  set last_seen_at = p_now, expires_at = least(p_now + interval '30 days', s.created_at + interval '90 days')
  where s.id = p_session and s.last_seen_at < p_now - interval '1 hour';
end
$$;

create or replace function enter_staff(
  p_session text, p_company text, p_roles text[], p_now timestamptz, p_action text
) returns jsonb
language plpgsql as $$
declare
  viewer record;
begin
  select * into viewer from find_staff_viewer(p_session, p_company, p_now);
  if not viewer.role = any (p_roles) then
    raise exception 'Your role does not allow this.' using errcode = 'DS403';
  end if;
  perform enter_company(p_company, 'USER', viewer."userId", viewer."userName", p_action);
  return to_jsonb(viewer)
    || jsonb_build_object('unread', unread_notifications(p_company, viewer."userId"));
end
$$;

-- An API key, known by its SHA-256. The company comes from the key, so a request needs no second round trip.
create or replace function find_api_key(p_hash text, p_now timestamptz)
returns table ("keyId" text, "keyName" text, "scopes" text[], "companyId" text, "rateLimit" integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
    select k.id, k.name, k.scopes, k.company_id, c.api_rate_limit
    from api_keys k
    join companies c on c.id = k.company_id
    where k.hash = p_hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > p_now);
  if not found then
    raise exception 'Invalid, expired, or revoked API key.' using errcode = 'DS401';
  end if;
  update api_keys k set last_used_at = p_now
  where k.hash = p_hash and (k.last_used_at is null or k.last_used_at < p_now - interval '1 minute');
end
$$;

create or replace function enter_api_key(p_hash text, p_scope text, p_now timestamptz, p_action text) returns jsonb
language plpgsql as $$
declare
  api_key record;
begin
  select * into api_key from find_api_key(p_hash, p_now);
  if not p_scope = any (api_key.scopes) then
    raise exception 'Insufficient permissions. This key lacks the "%" scope.', p_scope using errcode = 'DS403';
  end if;
  perform enter_company(api_key."companyId", 'API_KEY', api_key."keyId", api_key."keyName", p_action);
  return to_jsonb(api_key) - 'scopes';
end
$$;

-- The store behind a slug; with a former slug, `companySlug` is the one it has now (decision 12). Whether there are
-- other stores is nobody's business, so an unknown slug is an address without a page.
drop function if exists find_store(text);
create or replace function find_store(p_slug text)
returns table (
  "companyId" text, "companyName" text, "companySlug" text, "currency" text, "timeZone" text, "registrationOpen" boolean,
  "contactEmail" text, "contactPhone" text, "openingHours" text
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select c.id, c.name, c.slug, c.currency, c.time_zone, c.registration_open, c.contact_email, c.contact_phone,
      c.opening_hours
    from companies c
    where c.id = coalesce(
      (select present.id from companies present where present.slug = p_slug),
      (select former.company_id from former_slugs former where former.slug = p_slug)
    );
  if not found then
    raise exception 'There is no page at this address.' using errcode = 'DS404';
  end if;
end
$$;

-- Somebody at a storefront who is not signed in. Who they turn out to be (p_actor), the verb says that finds out.
create or replace function enter_store(p_slug text, p_actor text, p_actor_name text, p_action text) returns jsonb
language plpgsql as $$
declare
  store record;
begin
  select * into store from find_store(p_slug);
  perform enter_company(store."companyId", 'CUSTOMER', p_actor, p_actor_name, p_action);
  return to_jsonb(store);
end
$$;

-- A customer's browser: the primary account, or one of its contacts. A blocked or deactivated one has no session. It lives
-- for 7 days from the last request, to the hour (decision 28). Both are looked up by their keys, whatever the planner
-- knows: the limit keeps it from reading all customers by status.
drop function if exists find_customer_viewer(text, text, timestamptz);
create or replace function find_customer_viewer(p_session text, p_company text, p_now timestamptz)
returns table (
  "customerId" text, "contactId" text, "email" text, "name" text, "customerName" text, "role" text,
  "emailVerified" boolean, "renewed" boolean
)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
    select c.id, p.id, coalesce(p.email, c.email), case when p.id is null then c.name else p.name end,
      coalesce(c.name, c.email), coalesce(p.role, 'PRIMARY'), coalesce(p.email_verified, c.email_verified),
      s.expires_at < p_now + interval '6 days 23 hours'
    from customer_sessions s
    cross join lateral (
      select * from customers where company_id = s.company_id and customers.id = s.customer_id limit 1
    ) c
    left join lateral (
      select * from contacts where company_id = s.company_id and contacts.id = s.contact_id limit 1
    ) p on true
    where s.id = p_session and s.company_id = p_company and s.expires_at > p_now
      and c.status = 'ACTIVE' and (s.contact_id is null or p.active);
  if not found then
    raise exception 'Please log in.' using errcode = 'DS401';
  end if;
  update customer_sessions s set expires_at = p_now + interval '7 days'
  where s.id = p_session and s.expires_at < p_now + interval '6 days 23 hours';
end
$$;

create or replace function enter_customer(
  p_session text, p_slug text, p_roles text[], p_now timestamptz, p_action text
) returns jsonb
language plpgsql as $$
declare
  store record;
  viewer record;
begin
  select * into store from find_store(p_slug);
  select * into viewer from find_customer_viewer(p_session, store."companyId", p_now);
  if not viewer.role = any (p_roles) then
    raise exception 'Your role does not allow this.' using errcode = 'DS403';
  end if;
  perform enter_company(
    store."companyId", 'CUSTOMER', coalesce(viewer."contactId", viewer."customerId"),
    coalesce(viewer."name", viewer."email"), p_action
  );
  perform set_config('app.customer_id', viewer."customerId", true),
    set_config('app.contact_id', coalesce(viewer."contactId", ''), true);
  return to_jsonb(store) || to_jsonb(viewer) || jsonb_build_object(
    'cartLines', (
      select count(*)
      from cart_lines l
      where l.company_id = store."companyId" and l.customer_id = viewer."customerId"
        and l.contact_id is not distinct from viewer."contactId"
    )
  );
end
$$;

alter function find_staff_viewer owner to distribu_system;
alter function find_api_key owner to distribu_system;
alter function find_store owner to distribu_system;
alter function find_customer_viewer owner to distribu_system;

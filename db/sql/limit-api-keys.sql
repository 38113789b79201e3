-- How many active API keys the company may have (decision 44). Those it has beyond a lowered limit keep working.
create or replace function api_key_limit() returns integer
language sql stable
return (select coalesce(c.max_api_keys, 25) from companies c where c.id = entered_company());

create or replace function active_api_keys(p_now timestamptz) returns bigint
language sql stable
return (
  select count(*)
  from api_keys
  where company_id = entered_company() and revoked_at is null and (expires_at is null or expires_at > p_now)
);

-- Whether the company may have this key: one it has already, or one within the limit. Others who ask wait until this
-- transaction ends, and count after it; counting inside the insert alone lets many in at once.
create or replace function api_key_place(p_id text, p_now timestamptz) returns boolean
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(entered_company() || ' api keys', 0));
  return exists (select from api_keys where company_id = entered_company() and id = p_id)
    or active_api_keys(p_now) < api_key_limit();
end
$$;

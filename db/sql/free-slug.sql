-- The wanted slug, or with the first number nobody has or had: a former slug still redirects (decision 12). Two that
-- sign up with one name at the same moment wait for each other.
create or replace function free_slug(p_wanted text) returns text
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_wanted, 0));
  return (
    select candidate
    from generate_series(1, 10000) as n
    cross join lateral (select case when n = 1 then p_wanted else p_wanted || '-' || n end as candidate) as c
    where not exists (select from companies where slug = candidate)
      and not exists (select from former_slugs where slug = candidate)
    order by n
    limit 1
  );
end
$$;

-- Whether another company has the slug: something one may be told, though not who.
create or replace function slug_is_taken(p_slug text, p_company text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (select from companies where slug = p_slug and id <> p_company);

alter function slug_is_taken owner to distribu_system;

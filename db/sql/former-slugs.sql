-- A company's old slug redirects until somebody takes it (decision 12), whichever way slugs change. Runs as distribu_system
-- because the one who takes a slug may not see who had it.
create or replace function keep_former_slug() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from former_slugs where slug = new.slug;
  if tg_op = 'UPDATE' then
    insert into former_slugs (slug, company_id) values (old.slug, old.id)
    on conflict (slug) do update set company_id = excluded.company_id, created_at = now();
  end if;
  return null;
end
$$;

alter function keep_former_slug owner to distribu_system;

create or replace trigger keep_former_slug_of_new after insert on companies
for each row execute function keep_former_slug();

create or replace trigger keep_former_slug after update on companies
for each row when (old.slug <> new.slug) execute function keep_former_slug();

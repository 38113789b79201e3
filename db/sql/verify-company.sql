-- A company is verified once a mailbox of its OWNER is proved (decision 42), whichever way that happens, and stays so.
--   argument: the column with the person's id
create or replace function verify_company() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  named constant text := coalesce(current_setting('app.action', true), '');
begin
  -- The log says what became of the company, beside what the person did.
  if named <> 'bulk' then
    perform set_config('app.action', 'CompanyVerified', true);
  end if;
  update companies c set verified = true
  from memberships m
  join users u on u.id = m.user_id
  where m.user_id = to_jsonb(new) ->> tg_argv[0] and m.role = 'OWNER' and u.email_verified
    and c.id = m.company_id and not c.verified;
  perform set_config('app.action', named, true);
  return null;
end
$$;

create or replace trigger verify_company after update on users
for each row when (new.email_verified and not old.email_verified) execute function verify_company('id');

create or replace trigger verify_company after insert or update on memberships
for each row when (new.role = 'OWNER') execute function verify_company('user_id');

alter function verify_company owner to distribu_system;

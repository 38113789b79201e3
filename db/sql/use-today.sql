-- Counts one use of what is limited a day (UTC), unless the day's limit is reached: then it returns false and counts
-- nothing. The counter's row is locked until the transaction ends, so no race passes the limit; a rollback uncounts.
--   p_subject  what is counted and whose: `registrations com_…`
--   p_most     uses a day; 0 = none
create or replace function use_today(p_subject text, p_most integer, p_now timestamptz default now()) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_most < 1 then
    return false;
  end if;
  insert into daily_uses as counter (subject, day, used)
  values (p_subject, (p_now at time zone 'UTC')::date, 1)
  on conflict (day, subject) do update set used = counter.used + 1 where counter.used < p_most;
  return found;
end
$$;

alter function use_today owner to distribu_system;

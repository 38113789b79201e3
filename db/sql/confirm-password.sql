-- Some acts ask for the password again, so that nobody can do them who finds a browser signed in (decision 45). Given once,
-- it is good for ten minutes of that session.

create or replace function is_confirmed(p_confirmed_at timestamptz, p_now timestamptz) returns boolean
language sql stable parallel safe
return coalesce(p_confirmed_at > p_now - interval '10 minutes', false);

-- Stands first in the batch of such an act, and aborts it when the session is not confirmed.
--   p_hash  the stored hash that the typed password was compared with; confirms the session while it is still the person's.
--           null = none was typed
create or replace function confirm_password(p_session text, p_hash text, p_now timestamptz) returns void
language plpgsql as $$
begin
  update staff_sessions s
  set confirmed_at = p_now
  from users u
  where s.id = p_session and u.id = s.user_id and u.password_hash = p_hash;
  perform from staff_sessions where id = p_session and is_confirmed(confirmed_at, p_now);
  if not found then
    raise exception 'Enter your password again.' using errcode = 'DS403';
  end if;
end
$$;

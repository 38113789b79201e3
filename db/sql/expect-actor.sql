-- Refuses what was typed on another person's page: another one may have signed in since, in the same browser.
--   p_id  the person whose page it was; null = the page does not say
create or replace function expect_actor(p_id text) returns void
language plpgsql stable as $$
begin
  if p_id <> actor_id() then
    raise exception 'Somebody else is signed in now. Load the page again.' using errcode = 'DS412';
  end if;
end
$$;

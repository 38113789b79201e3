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

-- Strangers may register unless the company has closed its registration. Why not, is its own business.
create or replace function check_registration_open() returns void
language plpgsql as $$
begin
  if not (select registration_open from companies where id = entered_company()) then
    raise exception 'This store isn''t accepting new customer sign-ups right now. Please contact the store directly.'
      using errcode = 'DS422';
  end if;
end
$$;

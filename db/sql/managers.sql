-- Everybody who manages the company entered, as a mail's recipients.
create or replace function managers() returns text
language sql stable
begin atomic
  select string_agg(u.email, ', ' order by u.email)
  from memberships m
  join users u on u.id = m.user_id
  where m.company_id = entered_company() and m.role in ('OWNER', 'ADMIN');
end;

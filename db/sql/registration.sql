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

-- Counts a registration, which the batch has written, and refuses it beyond the limits of its day (UTC): with the batch
-- undone a refused one counts nothing. Customers who have confirmed their address since leave room for others.
--   p_network     what the visitor's address is counted by
--   p_a_network   registrations a day from one network
--   p_a_store     customers a day who registered and have not confirmed their address
--   p_mail        id of the mail that tells the managers, once a day, that the store's limit is met
-- Returns whether that mail was written.
create or replace function count_registration(
  p_network text, p_a_network integer, p_a_store integer, p_mail text, p_origin text, p_now timestamptz
) returns boolean
language plpgsql as $$
declare
  company constant text := entered_company();
  today constant timestamptz := date_trunc('day', p_now at time zone 'UTC') at time zone 'UTC';
  unproven_today bigint;
begin
  if not use_today('registrations ' || company || ' ' || p_network, p_a_network, p_now) then
    raise exception 'Too many accounts were created from your network today. Please try again tomorrow, or contact the store.'
      using errcode = 'DS429';
  end if;
  -- Inserting the customer has locked the company's counter of customers, so one registration is counted at a time.
  select count(*) filter (where not c.email_verified and not c.trusted and c.password_hash is not null) into unproven_today
  from customers c
  where c.company_id = company and c.created_at >= today;
  if unproven_today > p_a_store or unproven_share_of_customers_is_passed(company) then
    raise exception 'This store isn''t accepting new customer sign-ups right now. Please contact the store directly.'
      using errcode = 'DS422';
  end if;
  if unproven_today < p_a_store or not use_today('registrations full ' || company, 1, p_now) then
    return false;
  end if;
  insert into outbox (id, company_id, recipient, template, data)
  values (
    p_mail, company, managers(), 'registrations_full',
    jsonb_build_object('count', p_a_store::text, 'url', p_origin || '/dashboard/customers')
  );
  return true;
end
$$;

-- Whether customers who registered and have proved nothing hold more than three quarters of the plan's customers. The last
-- quarter is for those the staff, the API and imports add. With three open orders each, strangers thereby hold at most 57 of
-- the 100 orders a month of Starter, and 564 of Growth's 2,000. Staff and imports set no password, and choosing one by a
-- mailed link confirms the address: an unconfirmed address with a password has registered itself.
create or replace function unproven_share_of_customers_is_passed(p_company text) returns boolean
language plpgsql stable as $$
declare
  share constant bigint := (
    select u.max_customers - u.max_customers / 4 from plan_usage u where u.company_id = p_company
  );
  held bigint;
begin
  if share is null or share >= (select u.customers from plan_usage u where u.company_id = p_company) then
    return false;
  end if;
  select count(*) into held
  from customers c
  where c.company_id = p_company and not c.email_verified and not c.trusted and c.password_hash is not null
    and unproven_email(c.company_id, c.id, c.id) is not null;
  return held > share;
end
$$;

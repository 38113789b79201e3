-- Mails a contact who has not chosen a password yet a new invitation; the links sent before stop working. If the mail is
-- withheld (limit-mails.sql), they keep working; after their 7 days (src/storefront/links.ts) the page shows a new one.
--   p_template  who asks: `contact_new_link` the contact, `contact_invite` somebody else
-- Returns whether the mail is in the outbox.
create or replace function invite_again(
  p_customer text, p_contact text, p_invited_at timestamptz, p_mail text, p_template text, p_url text
) returns boolean
language plpgsql as $$
declare
  company constant text := entered_company();
  contact contacts;
  mailed boolean;
begin
  select * into contact from contacts
  where company_id = company and customer_id = p_customer and id = p_contact
  for no key update;
  if contact.id is null then
    raise exception 'Contact not found.' using errcode = 'DS404';
  elsif contact.password_hash is not null then
    raise exception 'This person has already chosen a password.' using errcode = 'DS409';
  end if;
  insert into outbox (id, company_id, recipient, template, data)
  values (p_mail, company, contact.email, p_template, jsonb_build_object('url', p_url));
  mailed := found;
  update contacts set invited_at = p_invited_at
  where company_id = company and id = p_contact and (mailed or invited_at <= p_invited_at - interval '7 days');
  return mailed;
end
$$;

-- Before a person is invited: a customer's person who has not confirmed their own address (unproven-orders.sql) brings in
-- five people at most. Each contact is an account of the store, and its email cannot register there any more.
create or replace function check_invitation(p_customer text) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
begin
  if actor_type() <> 'CUSTOMER' or unproven_email(company, p_customer, actor_id()) is null then
    return;
  end if;
  -- Invitations of one customer are counted one by one.
  perform from customers where company_id = company and id = p_customer for no key update;
  if (select count(*) from contacts c where c.company_id = company and c.customer_id = p_customer) >= 5 then
    raise exception 'Confirm your email address to invite more people.' using errcode = 'DS422';
  end if;
end
$$;

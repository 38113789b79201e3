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

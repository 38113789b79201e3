-- Functions that the Worker of 4c30be8 calls and this one no longer does: dropped by the release after this.

-- Where an invitation goes: to a contact of this customer who has not chosen a password yet.
create or replace function invited_email(p_customer text, p_contact text) returns text
language plpgsql stable as $$
declare
  contact contacts;
begin
  select * into contact from contacts
  where company_id = entered_company() and customer_id = p_customer and id = p_contact;
  if contact.id is null then
    raise exception 'Contact not found.' using errcode = 'DS404';
  elsif contact.password_hash is not null then
    raise exception 'This person has already chosen a password.' using errcode = 'DS409';
  end if;
  return contact.email;
end
$$;

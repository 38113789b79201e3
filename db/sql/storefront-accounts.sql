-- Every customer and every contact is one account of its company's storefront (decision 17): an email that is taken is
-- refused here, whichever way it comes in. Deleting either deletes the account by its foreign key.
create or replace function open_storefront_account() returns trigger
language plpgsql as $$
begin
  if tg_table_name = 'customers' then
    insert into storefront_accounts (company_id, email, customer_id) select company_id, email, id from opened;
  else
    insert into storefront_accounts (company_id, email, customer_id, contact_id)
    select company_id, email, customer_id, id from opened;
  end if;
  return null;
end
$$;

-- Before the plan counts: who has an account already is told so, not that the store is full.
create or replace trigger a_storefront_account after insert on customers
referencing new table as opened for each statement execute function open_storefront_account();

create or replace trigger a_storefront_account after insert on contacts
referencing new table as opened for each statement execute function open_storefront_account();

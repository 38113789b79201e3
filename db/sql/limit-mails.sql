-- Limits the mails that a stranger, a customer or a company on trial can cause, where a mail enters the outbox: no way in
-- passes by. A mail with no recipient left is not written, and what its id was made for finds nothing to send.

-- The links that people ask for themselves, by template. test/mail-doors.ts has a way to cause each template there is.
create or replace function is_asked_for(p_template text) returns boolean
language sql immutable
return p_template in (
  'verify_email', 'confirm_new_email', 'reset_password', 'customer_verify_email', 'customer_reset_password',
  'contact_new_link'
);

-- What goes to staff; every other template goes to a company's customers.
create or replace function is_for_staff(p_template text) returns boolean
language sql immutable
return p_template in (
  'verify_email', 'confirm_new_email', 'email_changed', 'reset_password', 'new_customer', 'registrations_full', 'low_stock',
  'webhook_disabled'
);

-- Whether the person the mail is for has proved this mailbox: to this company as its customer, or as one of its staff.
create or replace function is_proven(p_email text, p_company text, p_staff boolean) returns boolean
language plpgsql stable as $$
begin
  if p_staff then
    return exists (
      select from users u
      where u.email = p_email and u.email_verified and (
        p_company is null
        or exists (select from memberships m where m.company_id = p_company and m.user_id = u.id)
      )
    );
  end if;
  return coalesce(
    (
      select case when a.contact_id is null then c.email_verified else p.email_verified end
      from storefront_accounts a
      join customers c on c.company_id = a.company_id and c.id = a.customer_id
      left join contacts p on p.company_id = a.company_id and p.id = a.contact_id
      where a.company_id = p_company and a.email = p_email
    ),
    false
  );
end
$$;

-- Counts a mail to this address, unless it has had its day's mails (decision 42).
--   p_company  null = about a person, not a company
create or replace function may_mail(p_email text, p_company text, p_proven boolean, p_asked boolean) returns boolean
language plpgsql as $$
declare
  -- What stands behind a plus reaches the same mailbox.
  mailbox constant text := regexp_replace(lower(p_email), '\+[^@]*@', '@');
begin
  if p_proven then
    -- Any stranger can ask for a link in another's name. Each company counts for itself: no store can use up the others'.
    return not p_asked or use_today(format('links %s %s', p_company, mailbox), 20);
  end if;
  -- Five in all; the other mails stop at three, so that two are kept for links.
  return (p_asked or use_today('other mails ' || mailbox, 3)) and use_today('mails ' || mailbox, 5);
end
$$;

create or replace function limit_mails() returns trigger
language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  asked constant boolean := is_asked_for(new.template);
  for_staff constant boolean := is_for_staff(new.template);
  company companies;
  email text;
  kept text[] := '{}';
begin
  if not for_staff then
    select * into company from companies where id = new.company_id;
    -- Nobody has proved to stand behind the company: it writes to no third party.
    if not asked and company.verified is not true then
      return null;
    end if;
  end if;

  -- Mails to an address of the sender's choice are limited by the account that sends them, however often it logs in.
  if new.template = 'confirm_new_email' and not use_today(format('email changes %s', actor_id()), 10)
    or new.template = 'contact_invite' and actor_type() = 'CUSTOMER' and not use_today(
      format('invitations %s', coalesce(nullif(current_setting('app.customer_id', true), ''), actor_id())), 20
    )
  then
    return null;
  end if;

  foreach email in array coalesce(string_to_array(new.recipient, ', '), '{}') loop
    -- A new address is not proven by having another account.
    if may_mail(
      email, new.company_id, new.template <> 'confirm_new_email' and is_proven(email, new.company_id, for_staff), asked
    ) then
      kept := kept || email;
    end if;
  end loop;
  if kept = '{}' then
    return null;
  end if;

  -- A company that has not paid, in its trial or after it: 200 mails a day to its customers, 50 of them for links. Others
  -- write no counter that their customers would wait for.
  if not for_staff and company.plan <> 'ENTERPRISE' and company.trial_ends_at is not null and not (
    case
      when asked then use_today('company links ' || company.id, 50)
      else use_today('company mails ' || company.id, 150)
    end
  ) then
    return null;
  end if;
  new.recipient := array_to_string(kept, ', ');
  return new;
end
$$;

create or replace trigger limit_mails before insert on outbox for each row execute function limit_mails();

alter function limit_mails owner to distribu_system;

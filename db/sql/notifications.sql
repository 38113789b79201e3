-- The bell. What the staff is told of is marked when it is written, so that counting it is one short index scan;
-- src/notifications/news.ts has the sentences.

-- What the staff and its own software do to orders and customers is no news to them.
create or replace function is_news(p_type text, p_actor_type text) returns boolean
language sql immutable
return case p_type
  when 'order.created' then true
  when 'product.low_stock' then true
  when 'order.status_changed' then p_actor_type = 'CUSTOMER'
  when 'customer.created' then p_actor_type = 'CUSTOMER'
  else false
end;

create or replace function mark_news() returns trigger
language plpgsql as $$
begin
  new.news := is_news(new.type, new.actor_type);
  return new;
end
$$;

create or replace trigger mark_news before insert on events
for each row execute function mark_news();

-- How many somebody has not seen, at most 100. What they did themselves is not counted.
create or replace function unread_notifications(p_company text, p_user text) returns integer
language plpgsql stable as $$
begin
  return (
    select count(*)
    from (
      select
      from events e
      where e.company_id = p_company and e.news
        and e.created_at > (
          select m.notifications_seen_at from memberships m where m.company_id = p_company and m.user_id = p_user
        )
        and e.actor_id is distinct from p_user
      order by e.created_at desc
      limit 100
    ) as unseen
  );
end
$$;

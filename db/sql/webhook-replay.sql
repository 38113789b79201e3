-- Everything that has happened in a range of time, sent again. The first 10,000 events go at once, in the request's own
-- transaction; the sweep carries on with the others, from where webhook_replays says that it is.

-- Puts at most 10,000 deliveries of what the webhook wants on their way, in the order it happened, and says where it has
-- got to. The queue is told of the first; the others follow as those arrive (settle_delivery()).
create or replace function replay_page(
  p_webhook webhooks, p_after timestamptz, p_after_event text, p_to timestamptz,
  out deliveries integer, out more boolean, out last_at timestamptz, out last_event text
)
language plpgsql as $$
declare
  most constant integer := 10000;
  ids text[];
  announced text[];
begin
  select array_agg(page.id order by page.created_at, page.id) into ids
  from (
    select wanted.id, wanted.created_at
    from unnest(p_webhook.events) as types (type)
    cross join lateral (
      select e.id, e.created_at
      from events e
      where e.company_id = p_webhook.company_id and e.type = types.type
        and (e.created_at, e.id) > (p_after, p_after_event) and e.created_at < p_to
      order by e.created_at, e.id
      limit most + 1
    ) as wanted
    order by wanted.created_at, wanted.id
    limit most + 1
  ) as page;
  more := coalesce(cardinality(ids) > most, false);
  ids := ids[1:most];
  if more then
    select e.created_at, e.id into last_at, last_event
    from events e
    where e.company_id = p_webhook.company_id and e.id = ids[most];
  end if;

  with sent as (
    insert into webhook_deliveries as existing (company_id, id, webhook_id, event_id, next_attempt_at)
    select p_webhook.company_id, new_type_id('dlv'), p_webhook.id, wanted.id,
      case when wanted.place <= 20 then now() else now() - interval '5 seconds' end
    from unnest(ids) with ordinality as wanted (id, place)
    order by wanted.place
    on conflict on constraint webhook_deliveries_once
    do update set state = 'pending', tries = 0, next_attempt_at = excluded.next_attempt_at
    returning existing.id, existing.next_attempt_at
  )
  select count(*), array_agg(id) filter (where next_attempt_at > now() - interval '1 second')
  into deliveries, announced
  from sent;
  perform announce_deliveries(announced);
end
$$;

-- Everything from p_from up to p_to that the webhook wants.
-- Returns { deliveries, more }: how many are on their way by now, and whether others follow.
create or replace function replay_webhook(p_webhook text, p_from timestamptz, p_to timestamptz) returns jsonb
language plpgsql as $$
declare
  wanted constant webhooks := sending_webhook(p_webhook);
  page record;
  answer jsonb;
begin
  -- No id sorts before the empty text: what happened at p_from belongs to it.
  select * into page from replay_page(wanted, p_from, '', p_to);
  if page.more then
    insert into webhook_replays (company_id, webhook_id, last_at, last_event, range_end)
    values (wanted.company_id, wanted.id, page.last_at, page.last_event, p_to);
  end if;
  answer := jsonb_build_object('deliveries', page.deliveries, 'more', page.more);
  perform set_config('app.answer', answer::text, true);
  return answer;
end
$$;

-- The next page of a replay, unless somebody else has just come to its end. A webhook that is off by now is sent nothing
-- more, as with deliveries that wait.
create or replace function continue_replay(p_webhook text, p_replay bigint, p_now timestamptz) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
  hook webhooks;
  replay webhook_replays;
  page record;
begin
  select * into hook from webhooks where company_id = company and id = p_webhook for no key update;
  select * into replay
  from webhook_replays
  where company_id = company and webhook_id = p_webhook and id = p_replay
  for update;
  if replay.id is null then
    return;
  elsif hook.active then
    select * into page from replay_page(hook, replay.last_at, replay.last_event, replay.range_end);
    if page.more then
      update webhook_replays set last_at = page.last_at, last_event = page.last_event, continued_at = p_now
      where company_id = company and webhook_id = p_webhook and id = p_replay;
      return;
    end if;
  end if;
  delete from webhook_replays where company_id = company and webhook_id = p_webhook and id = p_replay;
end
$$;

-- Deliveries that somebody asks for. `app.answer` names what the same request is answered with again (db/sql/idempotency.sql).

-- The company's webhook, locked, which has to be on: whoever asks for a delivery wants it to arrive.
create or replace function sending_webhook(p_webhook text) returns webhooks
language plpgsql as $$
declare
  wanted webhooks;
begin
  select * into wanted from webhooks where company_id = entered_company() and id = p_webhook for no key update;
  if wanted.id is null then
    raise exception 'Webhook not found.' using errcode = 'DS404';
  elsif not wanted.active then
    raise exception 'This webhook is off. Switch it on first.' using errcode = 'DS422';
  end if;
  return wanted;
end
$$;

create or replace function redeliver(p_webhook text, p_delivery text) returns void
language plpgsql as $$
begin
  perform from webhook_deliveries
  where company_id = entered_company() and webhook_id = p_webhook and id = p_delivery;
  if not found then
    raise exception 'Delivery not found.' using errcode = 'DS404';
  end if;
  perform sending_webhook(p_webhook);
  update webhook_deliveries set state = 'pending', tries = 0, next_attempt_at = now()
  where company_id = entered_company() and id = p_delivery;
  perform announce_deliveries(array[p_delivery]);
  perform set_config('app.answer', jsonb_build_object('delivery', p_delivery)::text, true);
end
$$;

-- Everything from p_from up to p_to that the webhook wants, in the order it happened. The queue is told of the first; the
-- others follow as those arrive (settle_delivery()).
create or replace function replay_webhook(p_webhook text, p_from timestamptz, p_to timestamptz) returns integer
language plpgsql as $$
declare
  most constant integer := 10000;
  wanted constant webhooks := sending_webhook(p_webhook);
  ids text[];
  deliveries integer;
  announced text[];
begin
  select array_agg(known.id) into ids
  from (
    select e.id
    from unnest(wanted.events) as types (type)
    join events e on e.company_id = wanted.company_id and e.type = types.type
    where e.created_at >= p_from and e.created_at < p_to
    limit most + 1
  ) as known;
  if cardinality(ids) > most then
    raise exception 'More than 10,000 events lie in this range. Choose a shorter one.' using errcode = 'DS422';
  end if;

  with sent as (
    insert into webhook_deliveries as existing (company_id, id, webhook_id, event_id, next_attempt_at)
    select e.company_id, new_type_id('dlv'), wanted.id, e.id,
      case when row_number() over (order by e.created_at, e.id) <= 20 then now() else now() - interval '5 seconds' end
    from events e
    where e.company_id = wanted.company_id and e.id = any (ids)
    order by e.created_at, e.id
    on conflict on constraint webhook_deliveries_once
    do update set state = 'pending', tries = 0, next_attempt_at = excluded.next_attempt_at
    returning existing.id, existing.next_attempt_at
  )
  select count(*), array_agg(id) filter (where next_attempt_at > now() - interval '1 second')
  into deliveries, announced
  from sent;
  perform announce_deliveries(announced);
  perform set_config('app.answer', jsonb_build_object('deliveries', deliveries)::text, true);
  return deliveries;
end
$$;

create or replace function send_test_event(p_webhook text, p_message text) returns text
language plpgsql as $$
declare
  wanted constant webhooks := sending_webhook(p_webhook);
  event constant text := new_type_id('evt');
  delivery constant text := new_type_id('dlv');
begin
  insert into events (company_id, id, type, entity_id, snapshot, actor_type, actor_id, transaction)
  values (
    wanted.company_id, event, 'webhook.test', wanted.id,
    jsonb_build_object('webhookId', wanted.id, 'message', p_message),
    coalesce(nullif(current_setting('app.actor_type', true), ''), 'SYSTEM'),
    nullif(current_setting('app.actor_id', true), ''),
    pg_current_xact_id()::text::bigint
  );
  insert into webhook_deliveries (company_id, id, webhook_id, event_id)
  values (wanted.company_id, delivery, wanted.id, event);
  perform announce_deliveries(array[delivery]);
  perform set_config('app.answer', jsonb_build_object('delivery', delivery)::text, true);
  return delivery;
end
$$;

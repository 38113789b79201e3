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
    actor_type(), actor_id(), pg_current_xact_id()::text::bigint
  );
  insert into webhook_deliveries (company_id, id, webhook_id, event_id)
  values (wanted.company_id, delivery, wanted.id, event);
  perform announce_deliveries(array[delivery]);
  perform set_config('app.answer', jsonb_build_object('delivery', delivery)::text, true);
  return delivery;
end
$$;

-- Sending, in two statements with the request to the endpoint between them. Both lock the webhook before its deliveries,
-- as everybody does who changes them; an order that adds one waits for nobody.

-- Takes a delivery that is due, for 60 seconds: whoever takes it sends it within 20, or is dead. No more than 20 are on
-- their way to one webhook; what waits for another try is not.
-- Returns { webhookId, url, secret, previous, earlier, tries, eventId, event: { type, snapshot, version, createdAt } }, or null when
-- there is nothing to send now.
create or replace function claim_delivery(p_delivery text, p_now timestamptz) returns jsonb
language plpgsql as $$
declare
  company constant text := entered_company();
  most constant integer := 20;
  -- Whoever wrote when it is due may have a clock that is a little ahead.
  due constant timestamptz := p_now + interval '1 second';
  hook webhooks;
  taken webhook_deliveries;
  event events;
begin
  select w.* into hook
  from webhook_deliveries d
  join webhooks w on w.company_id = d.company_id and w.id = d.webhook_id
  where d.company_id = company and d.id = p_delivery and d.state = 'pending' and d.next_attempt_at <= due
  for no key update of w;
  select * into taken
  from webhook_deliveries
  where company_id = company and id = p_delivery and state = 'pending' and next_attempt_at <= due
  for no key update;
  if hook.id is null or taken.id is null then
    return null;
  elsif not hook.active then
    update webhook_deliveries set state = 'failed' where company_id = company and id = p_delivery;
    insert into webhook_attempts (company_id, delivery_id, duration_ms, error, created_at)
    values (company, p_delivery, 0, 'The webhook was off.', p_now);
    return null;
  elsif most <= (
    select count(*)
    from webhook_deliveries
    where company_id = company and webhook_id = hook.id and sending_until > p_now
  ) then
    -- The next of them that arrives takes this one along.
    update webhook_deliveries set next_attempt_at = least(next_attempt_at, p_now - interval '5 seconds')
    where company_id = company and id = p_delivery;
    return null;
  end if;

  update webhook_deliveries
  set tries = tries + 1, sending_until = p_now + interval '60 seconds', next_attempt_at = p_now + interval '60 seconds'
  where company_id = company and id = p_delivery
  returning * into taken;
  select * into event from events where company_id = company and id = taken.event_id;
  return jsonb_build_object(
    'webhookId', hook.id, 'url', hook.url, 'secret', hook.secret,
    'previous', case when hook.previous_secret_until > p_now then hook.previous_secret end,
    'earlier', still_signing(hook, p_now),
    'tries', taken.tries, 'eventId', event.id,
    'event', jsonb_build_object(
      'type', event.type, 'snapshot', event.snapshot, 'version', event.version, 'createdAt', event.created_at
    )
  );
end
$$;

-- What became of a try, for the log and for what happens next.
--   p_answer  { arrived, gone, unsent, statusCode, durationMs, error, responseBody }; `unsent` is a failure of ours, which
--             says nothing of the webhook
--   p_wait    seconds until the next try; null = there is none
--   p_mail    id of the mail that says that the webhook has been disabled
--   p_now     when the answer was there
-- Returns { pending, mails }: whether it is tried again. Others of this webhook for which there is room are announced.
create or replace function settle_delivery(
  p_delivery text, p_tries integer, p_answer jsonb, p_wait double precision, p_mail text, p_origin text,
  p_now timestamptz
) returns jsonb
language plpgsql as $$
declare
  company constant text := entered_company();
  unsent constant boolean := (p_answer ->> 'unsent')::boolean;
  hook webhooks;
  sent webhook_deliveries;
  next text[];
  reason text;
begin
  select w.* into hook
  from webhook_deliveries d
  join webhooks w on w.company_id = d.company_id and w.id = d.webhook_id
  where d.company_id = company and d.id = p_delivery
  for no key update of w;
  if hook.id is null then
    return '{"pending": false, "mails": []}';
  end if;
  insert into webhook_attempts (company_id, delivery_id, status_code, duration_ms, error, response_body, created_at)
  values (
    company, p_delivery, (p_answer ->> 'statusCode')::integer, (p_answer ->> 'durationMs')::integer, p_answer ->> 'error',
    p_answer ->> 'responseBody', p_now
  );

  if (p_answer ->> 'arrived')::boolean then
    update webhook_deliveries set state = 'delivered', sending_until = null
    where company_id = company and id = p_delivery and state = 'pending' and tries = p_tries;
    update webhooks set failing_since = null
    where company_id = company and id = hook.id and failing_since is not null;
    -- There is room for another. Two, because one of them may find that somebody was quicker.
    with waiting as (
      select id
      from webhook_deliveries
      where company_id = company and webhook_id = hook.id and state = 'pending'
        and next_attempt_at <= p_now - interval '5 seconds'
      order by next_attempt_at
      limit 2
    ), announced as (
      update webhook_deliveries d set next_attempt_at = p_now
      from waiting
      where d.company_id = company and d.id = waiting.id
      returning d.id
    )
    select array_agg(id) into next from announced;
    perform announce_deliveries(next);
    return '{"pending": false, "mails": []}';
  end if;

  update webhook_deliveries set
    state = case when p_wait is null then 'failed' else 'pending' end,
    sending_until = null,
    next_attempt_at = p_now + make_interval(secs => coalesce(p_wait, 0))
  where company_id = company and id = p_delivery and state = 'pending' and tries = p_tries
  returning * into sent;
  reason := case
    when (p_answer ->> 'gone')::boolean then 'gone'
    when unsent then null
    when hook.failing_since <= p_now - interval '3 days' then 'failing'
    -- This delivery is given up, and since it failed for the first time nothing has arrived.
    when sent.state = 'failed' and hook.failing_since <= (
      select min(tried.created_at)
      from (
        select created_at
        from webhook_attempts
        where company_id = company and delivery_id = p_delivery
        order by id desc
        limit p_tries
      ) as tried
    ) then 'failing'
  end;
  if reason is null or not hook.active then
    update webhooks set failing_since = p_now
    where company_id = company and id = hook.id and failing_since is null and not unsent;
    return jsonb_build_object('pending', coalesce(sent.state = 'pending', false), 'mails', '[]'::jsonb);
  end if;

  update webhooks set active = false, disabled_reason = reason, failing_since = coalesce(failing_since, p_now)
  where company_id = company and id = hook.id;
  update webhook_deliveries set state = 'failed'
  where company_id = company and webhook_id = hook.id and state = 'pending';
  insert into outbox (id, company_id, recipient, template, data)
  values (
    p_mail, company, managers(), 'webhook_disabled',
    jsonb_build_object('endpoint', hook.url, 'reason', reason, 'url', p_origin || '/dashboard/settings/webhooks/' || hook.id)
  );
  return jsonb_build_object('pending', false, 'mails', jsonb_build_array(p_mail));
end
$$;

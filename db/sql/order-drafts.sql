-- The order that a member of the staff is typing (src/orders/saved-draft.ts), of the transaction's own company and user.
-- Both functions put what the page shows into two settings, for the queries of the same batch: `app.draft_customer`, empty
-- for nobody, and `app.draft_lines`, a JSON array.

create or replace function show_order_draft(p_content jsonb) returns void
language plpgsql as $$
begin
  perform set_config('app.draft_customer', coalesce(p_content ->> 'customerId', ''), true),
    set_config('app.draft_lines', coalesce(p_content -> 'lines', '[]')::text, true);
end
$$;

-- Opens the draft as it was saved. A draft without lines, PO number and notes takes the customer that is asked for.
-- Returns { orderId, version, content, updatedAt }; without a draft, version 0 and the content that the page shows.
create or replace function open_order_draft(p_customer text) returns jsonb
language plpgsql as $$
declare
  kept order_drafts;
  shown jsonb;
begin
  select * into kept from order_drafts where company_id = entered_company() and user_id = actor_id();
  shown := coalesce(
    kept.content, '{"customerId": null, "addressId": null, "lines": [], "poNumber": "", "notes": "", "page": "", "change": 0}'
  );
  if p_customer is not null and p_customer is distinct from shown ->> 'customerId'
    and shown -> 'lines' = '[]' and shown ->> 'poNumber' = '' and shown ->> 'notes' = '' then
    shown := shown || jsonb_build_object('customerId', p_customer, 'addressId', null);
  end if;
  perform show_order_draft(shown);
  return jsonb_build_object(
    'orderId', kept.order_id, 'version', coalesce(kept.version, 0), 'content', shown, 'updatedAt', kept.updated_at
  );
end
$$;

create or replace function replace_order_draft(p_content jsonb, p_now timestamptz) returns order_drafts
language sql as $$
  update order_drafts
  set content = p_content, version = version + 1, updated_at = p_now
  where company_id = entered_company() and user_id = actor_id()
  returning *
$$;

-- Saves what is typed, unless another tab has saved a draft that this one has not shown.
--   p_version  the version that the form shows; 0 = none was saved
-- The form that saved last may save again whatever version it shows: the answer to its last save may have been lost.
-- Returns { outcome: saved | changed | placed, orderId, version }: `changed` = another tab has saved or discarded it,
-- `placed` = the order was placed. Both write nothing and answer with the draft there is, if any.
create or replace function save_order_draft(p_order text, p_content jsonb, p_version integer, p_now timestamptz) returns jsonb
language plpgsql as $$
declare
  company constant text := entered_company();
  person constant text := actor_id();
  kept order_drafts;
  outcome text := 'changed';
  is_same_page boolean;
begin
  perform show_order_draft(p_content);
  select * into kept from order_drafts where company_id = company and user_id = person for update;
  is_same_page := kept.content ->> 'page' = p_content ->> 'page';
  if exists (select from orders where company_id = company and id = p_order) then
    outcome := 'placed';
  elsif kept.order_id is null and p_version = 0 then
    insert into order_drafts (company_id, user_id, order_id, content, updated_at)
    values (company, person, p_order, p_content, p_now)
    on conflict do nothing
    returning * into kept;
    if found then
      outcome := 'saved';
    else
      select * into kept from order_drafts where company_id = company and user_id = person;
    end if;
  elsif kept.order_id = p_order and is_same_page then
    outcome := 'saved';
    -- A save that was overtaken by a later one of the same form has nothing new.
    if (kept.content ->> 'change')::integer <= (p_content ->> 'change')::integer then
      kept := replace_order_draft(p_content, p_now);
    end if;
  elsif kept.order_id = p_order and kept.version = p_version then
    outcome := 'saved';
    kept := replace_order_draft(p_content, p_now);
  end if;
  return jsonb_build_object('outcome', outcome, 'orderId', kept.order_id, 'version', coalesce(kept.version, 0));
end
$$;

-- Refuses to place an order as one tab shows it while another tab has saved it otherwise.
create or replace function expect_order_draft(p_order text, p_version integer, p_page text) returns void
language plpgsql as $$
begin
  perform from order_drafts
  where company_id = entered_company() and user_id = actor_id() and order_id = p_order
    and version <> p_version and content ->> 'page' <> p_page;
  if found then
    raise exception 'This order was changed in another tab.' using errcode = 'DS412';
  end if;
end
$$;

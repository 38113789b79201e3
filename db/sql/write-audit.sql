-- One entry of the audit log, in the actor's name.
--   p_named  what people know the entity by      p_details  what changed, or what came of it
create or replace function write_audit(
  p_company text, p_action text, p_entity text, p_id text, p_named text, p_details jsonb
) returns void
language plpgsql as $$
begin
  insert into audit_entries
    (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, entity_name, details)
  values (p_company, actor_type(), actor_id(), actor_name(), p_action, p_entity, p_id, p_named, p_details);
end
$$;

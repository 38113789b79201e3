-- After a person has signed browsers out: one audit entry in the same transaction, however many those were. Nobody is
-- named where a browser signs itself out, a reset password ends all of them, or one has expired. The entry belongs to
-- the company entered: which others the person works for is not its business.
create or replace function audit_sign_out() returns trigger
language plpgsql as $$
begin
  perform write_audit(
    entered_company(), 'BrowsersSignedOut', 'User', u.id, u.email, jsonb_build_object('browsers', count(*))
  )
  from ended
  join users u on u.id = ended.user_id
  group by u.id;
  return null;
end
$$;

create or replace trigger audit_sign_out after delete on staff_sessions
referencing old table as ended for each statement
when (actor_type() = 'USER')
execute function audit_sign_out();

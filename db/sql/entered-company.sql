-- The company this transaction entered, or null. Row-level security and column defaults ask nothing else.
create or replace function entered_company() returns text
language sql stable parallel safe
return nullif(current_setting('app.company_id', true), '');

-- Who acts, as enter.sql has noted it; whoever has entered nothing is the system.

create or replace function actor_type() returns text
language sql stable
return coalesce(nullif(current_setting('app.actor_type', true), ''), 'SYSTEM');

create or replace function actor_id() returns text
language sql stable
return nullif(current_setting('app.actor_id', true), '');

create or replace function actor_name() returns text
language sql stable
return nullif(current_setting('app.actor_name', true), '');

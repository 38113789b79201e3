-- The moment a period begins, and the one it has ended.
create or replace function first_moment(p_from date, p_zone text) returns timestamptz
language sql stable
return coalesce(p_from::timestamp at time zone p_zone, '-infinity');

create or replace function end_moment(p_to date, p_zone text) returns timestamptz
language sql stable
return coalesce((p_to + 1)::timestamp at time zone p_zone, 'infinity');

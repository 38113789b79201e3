-- The LIKE pattern of what contains a text, whatever characters that has.
create or replace function containing(p_text text) returns text
language sql immutable strict parallel safe
return '%' || replace(replace(replace(p_text, '\', '\\'), '%', '\%'), '_', '\_') || '%';

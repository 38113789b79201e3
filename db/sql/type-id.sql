-- A new TypeID as db/ids.ts makes them: UUIDv7 in Crockford's base 32, for rows that triggers write.
create or replace function new_type_id(prefix text) returns text
language plpgsql volatile parallel safe as $$
declare
  alphabet constant text := '0123456789abcdefghjkmnpqrstvwxyz';
  millis constant bigint := extract(epoch from clock_timestamp()) * 1000;
  uuid bytea := overlay(uuid_send(gen_random_uuid()) placing substring(int8send(millis) from 3) from 1 for 6);
  bits bit varying;
  suffix text := '';
begin
  uuid := set_byte(uuid, 6, get_byte(uuid, 6) & 15 | 112);
  bits := b'00' || ('x' || encode(uuid, 'hex'))::bit(128);
  for place in 0..25 loop
    suffix := suffix || substr(alphabet, substring(bits from place * 5 + 1 for 5)::bit(5)::integer + 1, 1);
  end loop;
  return prefix || '_' || suffix;
end
$$;

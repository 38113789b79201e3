import { z } from 'zod';
import { NAME_MAX, text } from '../lib/fields.ts';

const LINE_MAX = 200;
const required = (what: string, max: number) =>
  text(max, `${what} must be at most ${max} characters.`).pipe(
    z.string().min(1, `${what} is required.`),
  );
const optional = (what: string, max: number) =>
  text(max, `${what} must be at most ${max} characters.`)
    .transform((value) => value || null)
    .nullish();

/** An address as people write it, or as this schema has read it; empty means none. `isDefault` is a checkbox: sent means on. */
export const AddressInput = z.object({
  label: required('Name', NAME_MAX),
  line1: required('Address', LINE_MAX),
  line2: optional('Second line', LINE_MAX),
  city: required('City', NAME_MAX),
  region: optional('State or region', NAME_MAX),
  postalCode: optional('Postal code', 20),
  country: optional('Country', NAME_MAX),
  isDefault: z.union([z.boolean(), z.string().transform(() => true)]).default(false),
});

import { z } from 'zod';
import { NAME_MAX, slug, text, version } from '../lib/fields.ts';
import { TIME_ZONES, currencyCodes } from './choices.ts';

const COMPANY_NAME = `Company name must be between 2 and ${NAME_MAX} characters.`;

/** What people may say about their company. */
export const CompanyInput = z.object({
  name: text(NAME_MAX, COMPANY_NAME).pipe(z.string().min(2, COMPANY_NAME)),
  slug,
  timeZone: z
    .string('Choose a time zone.')
    .refine((zone) => TIME_ZONES.includes(zone), 'Choose a time zone from the list.'),
  currency: z
    .string('Choose a currency.')
    .refine((code) => currencyCodes().includes(code), 'Choose a currency from the list.'),
  /** Whether strangers may make themselves customers at the storefront. */
  registrationOpen: z.boolean(),
});
export type CompanyInput = z.infer<typeof CompanyInput>;

/** The form also carries the version the edit is based on; a checkbox that is sent is on. */
export const CompanyForm = CompanyInput.extend({
  registrationOpen: z
    .string()
    .optional()
    .transform((value) => value !== undefined),
  version,
});

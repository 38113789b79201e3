import { z } from 'zod';
import { email, NAME_MAX, text, version } from '../lib/fields.ts';
import { CONTACT_ROLES } from '../permissions.ts';

const NAME = `Name must be at most ${NAME_MAX} characters.`;
const name = text(NAME_MAX, NAME).transform((value) => value || null);
const role = z.enum(CONTACT_ROLES, 'Choose a role.');

/** A person to invite; an empty name means none. */
export const ContactInput = z.object({ email, name: name.nullish(), role });
/** An edited contact. `active` is a checkbox: sent means on. */
export const ContactForm = z.object({
  name,
  role,
  active: z
    .string()
    .optional()
    .transform((value) => value !== undefined),
  version,
});
export type ContactForm = z.output<typeof ContactForm>;

import { z } from 'zod';
import { email, NAME_MAX, text, version } from '../lib/fields.ts';
import { ticked } from '../lib/typed.ts';
import { CONTACT_ROLES } from '../permissions.ts';

const NAME = `Name must be at most ${NAME_MAX} characters.`;
const name = text(NAME_MAX, NAME).transform((value) => value || null);
const role = z.enum(CONTACT_ROLES, 'Choose a role.');

/** A person to invite; an empty name means none. */
export const ContactInput = z.object({ email, name: name.nullish(), role });
/** An edited contact. */
export const ContactForm = z.object({ name, role, active: ticked, version });
export type ContactForm = z.output<typeof ContactForm>;

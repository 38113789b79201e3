import { z } from 'zod';
import { email, NAME_MAX, newPassword, personName, text } from '../lib/fields.ts';

const COMPANY_NAME = `Company name must be between 2 and ${NAME_MAX} characters.`;

export const SignUpInput = z.object({
  companyName: text(NAME_MAX, COMPANY_NAME).pipe(z.string().min(2, COMPANY_NAME)),
  name: personName,
  email,
  password: newPassword,
});

export const ProfileInput = z.object({ name: personName });
export const NewEmailInput = z.object({ email });

import { z } from 'zod';
import { email, newPassword, personName } from '../lib/fields.ts';

/** What a business gives to become a customer of a store. */
export const RegisterInput = z.object({ name: personName, email, password: newPassword });
export const CustomerProfileInput = z.object({ name: personName });

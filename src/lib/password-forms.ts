import { z } from 'zod';
import { email, newPassword } from './fields.ts';

/** Any text may be tried as a password; only new ones have rules. */
export const LogInInput = z.object({ email: z.string(), password: z.string() });

export const ForgotPasswordInput = z.object({ email });

const sameTwice = <T extends { newPassword: string; repeated: string }>(input: T) =>
  input.newPassword === input.repeated;
const NOT_THE_SAME = { path: ['repeated'], error: 'The two passwords are not the same.' };

export const ResetPasswordInput = z
  .object({ newPassword, repeated: z.string() })
  .refine(sameTwice, NOT_THE_SAME);

export const ChangePasswordInput = z
  .object({ currentPassword: z.string(), newPassword, repeated: z.string() })
  .refine(sameTwice, NOT_THE_SAME);

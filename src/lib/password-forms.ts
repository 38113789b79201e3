import { z } from 'zod';
import { EMAIL_MAX, email, isStorable, newPassword, typedPassword } from './fields.ts';

/** Any text may be tried; what cannot be an address is nobody's, and costs what a wrong password does. */
export const LogInInput = z.object({
  email: z.string().transform((typed) => {
    const address = typed.trim().toLowerCase();
    return isStorable(address) && address.length <= EMAIL_MAX ? address : '';
  }),
  password: typedPassword,
});
export type LogInInput = z.output<typeof LogInInput>;

export const ForgotPasswordInput = z.object({ email });
export type ForgotPasswordInput = z.output<typeof ForgotPasswordInput>;

const sameTwice = <T extends { newPassword: string; repeated: string }>(input: T) =>
  input.newPassword === input.repeated;
const NOT_THE_SAME = { path: ['repeated'], error: 'The two passwords are not the same.' };

export const ResetPasswordInput = z
  .object({ newPassword, repeated: z.string() })
  .refine(sameTwice, NOT_THE_SAME);
export type ResetPasswordInput = z.output<typeof ResetPasswordInput>;

export const ChangePasswordInput = z
  .object({ currentPassword: typedPassword, newPassword, repeated: z.string() })
  .refine(sameTwice, NOT_THE_SAME);

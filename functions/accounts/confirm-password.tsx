import type { Context } from 'hono';
import { z } from 'zod';
import { staffOf } from '#src/context.ts';
import type { Permission } from '#src/permissions.ts';
import {
  CONFIRMED_MINUTES,
  type Confirmation,
  confirm,
  readMyPassword,
} from '#src/staff/confirm-password.ts';
import type { AppEnv } from '../app-env.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { Field } from '../views/field.tsx';
import type { RefusedForm } from '../views/form.tsx';
import { beginAttempt, waitMessage } from './throttle.ts';

/** No password is longer, in UTF-16 units (`newPassword` in src/lib/fields.ts): hashing a longer one is lost work. */
const PASSWORD_MAX = 200;
const WRONG = 'This is not your password.';
const MISSING = 'Enter your password.';
const PasswordAgain = z.object({
  password: z.string(MISSING).min(1, MISSING).max(PASSWORD_MAX, WRONG),
});

type Confirmed =
  | { ok: true; confirmation: Confirmation }
  | { ok: false; refused: Pick<RefusedForm, 'errors' | 'message'>; status: 422 | 429 };

/**
 * Takes the password that `ConfirmPasswordField` asks for, one round trip: stands before an act that an open browser alone
 * must not allow. A guess is counted as one at any other form that asks for the current password.
 * @throws AppError unauthorized, forbidden
 */
export async function confirmPassword(
  c: Context<AppEnv>,
  permission: Permission,
): Promise<Confirmed> {
  const { ctx } = c.var;
  const passwordHash = await readMyPassword(ctx, permission);
  const { confirmed, userId } = staffOf(ctx);
  if (confirmed) return { ok: true, confirmation: { passwordHash: null } };
  const form = await parseForm(c, PasswordAgain);
  if (!form.ok) return { ok: false, refused: { errors: form.errors }, status: 422 };
  const attempt = await beginAttempt(c, 'staff-password', userId);
  if (!attempt.allowed) {
    const message = waitMessage(c, attempt.retryAfter);
    return { ok: false, refused: { message }, status: 429 };
  }
  const confirmation = await confirm(passwordHasher, passwordHash, form.data.password);
  if (!confirmation) return { ok: false, refused: { errors: { password: [WRONG] } }, status: 422 };
  await attempt.succeed();
  return { ok: true, confirmation };
}

/** Asks for the password again, unless this session gave it within ten minutes. Call it after the request's batch. */
export function ConfirmPasswordField({ confirmed }: { confirmed: boolean }) {
  if (confirmed) return null;
  return (
    <Field
      name="password"
      label="Your password"
      type="password"
      autocomplete="current-password"
      hint={`Confirms that it is you. It is not asked for again for ${CONFIRMED_MINUTES} minutes.`}
      required
    />
  );
}

import type { Context } from 'hono';
import { LogInInput } from '#src/lib/password-forms.ts';
import type { AppEnv } from '../app-env.ts';
import { formBody } from '../form-body.ts';
import { CARRIED, CARRIED_MAX, type CarriedForm, readCarried } from './carried-form.ts';

/** Who wants to log in, null where that cannot be right; and the form to go back to, null where there is none. */
export async function postedLogIn(
  c: Context<AppEnv>,
): Promise<{ input: LogInInput | null; carried: CarriedForm | null }> {
  const body = await formBody(c, { all: true, textMax: CARRIED_MAX });
  return {
    input: LogInInput.safeParse(body).data ?? null,
    carried: readCarried(body[CARRIED]),
  };
}

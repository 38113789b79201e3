import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { staffOf } from '#src/context.ts';
import type { AppEnv } from '../../app-env.ts';
import { Page } from '../../views/page.tsx';
import { SettingsLayout } from '../../views/settings-layout.tsx';
import { dashboardPage } from '../dashboard-page.tsx';

export const SOMEONE_ELSE_SAVED =
  'Someone else just updated these settings. What you entered is below; saving again replaces theirs.';

type Options = Parameters<typeof dashboardPage>[1];

/** A page among the settings. Call it after the request's batch. */
export function settingsPage(
  c: Context<AppEnv>,
  options: Options,
  body: Child,
): Response | Promise<Response> {
  const { role } = staffOf(c.var.ctx);
  return dashboardPage(
    c,
    options,
    <Page title="Settings">
      <SettingsLayout path={c.req.path} role={role}>
        {body}
      </SettingsLayout>
    </Page>,
  );
}

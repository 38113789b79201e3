import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { AppEnv } from '../../app-env.ts';
import { Page } from '../../views/page.tsx';
import { SettingsLayout } from '../../views/settings-layout.tsx';
import { dashboardPage } from '../dashboard-page.tsx';

type Options = Parameters<typeof dashboardPage>[1];

/** A page among the settings. Call it after the request's batch. */
export function settingsPage(
  c: Context<AppEnv>,
  options: Options,
  body: Child,
): Response | Promise<Response> {
  const { staff } = c.var.ctx;
  if (!staff) throw new Error('The viewer is known only after the first batch.');
  return dashboardPage(
    c,
    options,
    <Page title="Settings">
      <SettingsLayout path={c.req.path} role={staff.role}>
        {body}
      </SettingsLayout>
    </Page>,
  );
}

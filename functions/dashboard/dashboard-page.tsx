import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { trialNotice } from '#src/companies/trial.ts';
import { staffOf } from '#src/context.ts';
import type { AppEnv } from '../app-env.ts';
import { takeFlash } from '../flash.ts';
import { htmlPage } from '../html-page.ts';
import { DashboardLayout, type DashboardLayoutProps } from '../views/dashboard-layout.tsx';

type Options = Pick<DashboardLayoutProps, 'title' | 'scripts' | 'refreshSeconds'> & {
  status?: 200 | 404 | 409 | 413 | 422 | 429;
};

/** A page in the dashboard's frame. Call it after the request's batch: that is when the viewer is known. */
export function dashboardPage(
  c: Context<AppEnv>,
  options: Options,
  body: Child,
): Response | Promise<Response> {
  const staff = staffOf(c.var.ctx);
  const { status = 200, ...frame } = options;
  const trial = trialNotice(staff, c.var.ctx.now);
  return htmlPage(
    c,
    <DashboardLayout
      {...frame}
      path={c.req.path}
      company={{ name: staff.companyName }}
      user={{ name: staff.userName, email: staff.userEmail, role: staff.role }}
      unread={staff.unread}
      banner={trial?.text}
      unverified={staff.companyVerified ? null : staff.role}
      flash={takeFlash(c)}
    >
      {body}
    </DashboardLayout>,
    status,
  );
}

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { AppEnv } from '../app-env.ts';
import { takeFlash } from '../flash.ts';
import { htmlPage } from '../html-page.ts';
import { SiteLayout, type SiteLayoutProps } from '../views/site-layout.tsx';

type Options = Omit<SiteLayoutProps, 'flash' | 'children'> & {
  status?: 200 | 401 | 409 | 410 | 422 | 429;
};

/** A page in the frame one sees without a log-in. */
export function sitePage(
  c: Context<AppEnv>,
  options: Options,
  body: Child,
): Response | Promise<Response> {
  const { status = 200, ...frame } = options;
  return htmlPage(
    c,
    <SiteLayout {...frame} flash={takeFlash(c)}>
      {body}
    </SiteLayout>,
    status,
  );
}

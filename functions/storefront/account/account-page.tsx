import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { customerOf } from '#src/context.ts';
import { customerRoleMay } from '#src/permissions.ts';
import type { AppEnv } from '../../app-env.ts';
import { Page } from '../../views/page.tsx';
import { Tabs } from '../../views/tabs.tsx';
import { storePage } from '../store-page.tsx';
import { storePath } from '../store-path.ts';

const TABS = [
  { page: '/account', label: 'Profile' },
  { page: '/account/password', label: 'Password' },
  { page: '/account/addresses', label: 'Addresses' },
  { page: '/account/contacts', label: 'Contacts', permission: 'contacts:write' },
] as const;

type AccountTab = (typeof TABS)[number]['label'];

type Options = { tab: AccountTab; status?: 200 | 409 | 422 | 429 };

/** A page of the customer's account. Call it after the request's batch. */
export function accountPage(
  c: Context<AppEnv>,
  { tab, status = 200 }: Options,
  body: Child,
): Response | Promise<Response> {
  const me = customerOf(c.var.ctx);
  const mine = TABS.filter(
    (of) => !('permission' in of) || customerRoleMay(me.role, of.permission),
  );
  return storePage(
    c,
    { title: tab, status, scripts: ['app'] },
    <Page title="Account" lead={me.customerName}>
      <Tabs
        label="Account"
        tabs={mine.map(({ page, label }) => ({
          label,
          href: storePath(me, page),
          current: label === tab,
        }))}
      />
      {body}
    </Page>,
  );
}

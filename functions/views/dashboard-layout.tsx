import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Role } from '#src/permissions.ts';
import { Bell } from './bell.tsx';
import { Button } from './button.tsx';
import { Document, type ScriptName } from './document.tsx';
import { Icon, type IconName } from './icon.tsx';
import { Menu, MenuItem } from './menu.tsx';
import { type Flash, Notice } from './notice.tsx';

const ROLE_NAMES: Record<Role, string> = {
  OWNER: 'Owner',
  ADMIN: 'Admin',
  MEMBER: 'Member',
};

export type DashboardLayoutProps = {
  title: string;
  /** The request's path; the navigation marks where one is by it. */
  path: string;
  company: { name: string };
  user: { name: string; email: string; role: Role };
  /** Notifications that are not seen yet. */
  unread: number;
  /** One line over everything: the trial, the plan. */
  banner?: Child;
  /** Who is looking, where the company's owner has not confirmed an email address. */
  unverified?: Role | null;
  flash?: Flash | undefined;
  scripts?: readonly ScriptName[];
  refreshSeconds?: number;
  children?: Child;
};

const NAVIGATION: readonly { href: string; label: string; icon: IconName }[] = [
  { href: '/dashboard', label: 'Home', icon: 'house' },
  { href: '/dashboard/orders', label: 'Orders', icon: 'clipboard-list' },
  { href: '/dashboard/inventory', label: 'Inventory', icon: 'package' },
  { href: '/dashboard/customers', label: 'Customers', icon: 'users' },
  { href: '/dashboard/settings', label: 'Settings', icon: 'settings' },
];

function isCurrent(path: string, href: string): boolean {
  return href === '/dashboard' ? path === href : path === href || path.startsWith(`${href}/`);
}

function Navigation({ path }: { path: string }) {
  return (
    <nav class="nav" aria-label="Main">
      {NAVIGATION.map(({ href, label, icon }) => (
        <a href={href} aria-current={isCurrent(path, href) ? 'page' : undefined}>
          <Icon name={icon} />
          {label}
        </a>
      ))}
    </nav>
  );
}

function Company({ company }: Pick<DashboardLayoutProps, 'company'>) {
  return (
    <div class="shell-company">
      <Tile name={company.name} />
      <span class="truncate">{company.name}</span>
    </div>
  );
}

/** A company's initial on a square. */
export function Tile({ name }: { name: string }) {
  return (
    <span class="tile" aria-hidden="true">
      {Array.from(name.trim())[0]?.toUpperCase() ?? '·'}
    </span>
  );
}

function Account({ user }: { user: DashboardLayoutProps['user'] }) {
  return (
    <>
      <div class="menu-heading">
        <div class="truncate">{user.email}</div>
        {ROLE_NAMES[user.role]}
      </div>
      <MenuItem href="/dashboard/settings/profile" icon="circle-user">
        Profile
      </MenuItem>
      <MenuItem post="/logout" icon="log-out">
        Sign out
      </MenuItem>
    </>
  );
}

/** Only the owner's mailbox counts, so only the owner is offered the link. */
function Unverified({ role }: { role: Role }) {
  return (
    <aside class="shell-banner" aria-label="Confirmation">
      {role === 'OWNER' ? (
        <form method="post" action="/dashboard/settings/profile/verify">
          <span>Confirm your email address: until then your customers get no emails.</span>
          <Button>Send the link again</Button>
        </form>
      ) : (
        'The owner has to confirm their email address: until then your customers get no emails.'
      )}
    </aside>
  );
}

/** The frame of every page behind a staff log-in. */
export function DashboardLayout(props: DashboardLayoutProps) {
  const { path, user, banner, flash, scripts = [] } = props;
  // Rendered once for the two places each has: beside the page, and in the menu of a phone.
  const navigation = raw(<Navigation path={path} />);
  const account = raw(<Account user={user} />);
  return (
    <Document
      title={`${props.title} · ${props.company.name}`}
      scripts={['app', ...scripts]}
      noindex
      {...(props.refreshSeconds !== undefined && { refreshSeconds: props.refreshSeconds })}
    >
      <a class="skip-link" href="#main">
        Skip to content
      </a>
      <div class="shell">
        <header class="shell-header">
          <div class="shell-top">
            <Company {...props} />
            <Bell unread={props.unread} path={path} />
          </div>
          {navigation}
          <div class="shell-user">
            <Menu
              summary={
                <span class="user-summary">
                  <Icon name="circle-user" large />
                  <span>
                    <span class="truncate">{user.name}</span>
                    <small>{ROLE_NAMES[user.role]}</small>
                  </span>
                  <Icon name="chevrons-up-down" />
                </span>
              }
            >
              {account}
            </Menu>
          </div>
          <details class="shell-phone" data-menu="">
            <summary aria-label="Menu">
              <Icon name="menu" large />
            </summary>
            <div class="shell-phone-panel">
              {navigation}
              {account}
            </div>
          </details>
        </header>
        <div>
          {banner && (
            <aside class="shell-banner" aria-label="Plan">
              {banner}
            </aside>
          )}
          {props.unverified && <Unverified role={props.unverified} />}
          <main class="shell-main" id="main" tabindex={-1}>
            {flash && (
              <div class="mb-4">
                <Notice tone={flash.tone}>{flash.text}</Notice>
              </div>
            )}
            {props.children}
          </main>
        </div>
      </div>
    </Document>
  );
}

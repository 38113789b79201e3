import type { Child } from 'hono/jsx';
import type { Role } from '#src/permissions.ts';
import { Icon, type IconName } from './icon.tsx';

type Section = { href: string; label: string; icon: IconName };

const COMPANY: readonly Section[] = [
  { href: '/dashboard/settings/company', label: 'Company', icon: 'building-2' },
  { href: '/dashboard/settings/storefront', label: 'Storefront', icon: 'store' },
  { href: '/dashboard/settings/api-keys', label: 'API keys', icon: 'key-round' },
  { href: '/dashboard/settings/webhooks', label: 'Webhooks', icon: 'webhook' },
  { href: '/dashboard/settings/audit', label: 'Audit log', icon: 'scroll-text' },
];

const ACCOUNT: readonly Section[] = [
  { href: '/dashboard/settings/profile', label: 'Profile', icon: 'user-round' },
  { href: '/dashboard/settings/password', label: 'Password', icon: 'lock' },
  { href: '/dashboard/settings/sessions', label: 'Sessions', icon: 'monitor-smartphone' },
];

type SettingsLayoutProps = { path: string; role: Role; children: Child };

/** Settings beside their navigation. Members see their own account only. */
export function SettingsLayout({ path, role, children }: SettingsLayoutProps) {
  return (
    <div class="settings">
      <nav class="nav" aria-label="Settings">
        <ul class="stack">
          {role !== 'MEMBER' && <Sections title="Company" sections={COMPANY} path={path} />}
          <Sections title="Your account" sections={ACCOUNT} path={path} />
        </ul>
      </nav>
      <div>{children}</div>
    </div>
  );
}

function Sections({
  title,
  sections,
  path,
}: {
  title: string;
  sections: readonly Section[];
  path: string;
}) {
  return (
    <li>
      <h2 class="menu-heading">{title}</h2>
      <ul>
        {sections.map(({ href, label, icon }) => (
          <li>
            <a
              href={href}
              aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}
            >
              <Icon name={icon} />
              {label}
            </a>
          </li>
        ))}
      </ul>
    </li>
  );
}

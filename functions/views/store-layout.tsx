import type { Child } from 'hono/jsx';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { Tile } from './dashboard-layout.tsx';
import { Document, type ScriptName } from './document.tsx';
import { Icon, type IconName } from './icon.tsx';
import { type Flash, Notice } from './notice.tsx';

export type CustomerRole = 'PRIMARY' | 'ADMIN' | 'BUYER' | 'VIEWER';

export const CUSTOMER_ROLE_NAMES: Record<CustomerRole, string> = {
  PRIMARY: 'Main account',
  ADMIN: 'Admin',
  BUYER: 'Buyer',
  VIEWER: 'Viewer',
};

export type StoreLayoutProps = {
  title: string;
  /** The page's path; the navigation marks where one is by it. */
  path: string;
  /** `home` is the path that all of the store's pages begin with. */
  store: { name: string; home: string };
  /** Of whoever is signed in. */
  role?: CustomerRole | undefined;
  /** A narrow column in the middle: log-in, registration, reset. */
  narrow?: boolean;
  flash?: Flash | undefined;
  scripts?: readonly ScriptName[];
  children?: Child;
};

const NAVIGATION: readonly { page: string; label: string; icon: IconName }[] = [
  { page: '/catalog', label: 'Catalog', icon: 'store' },
  { page: '/account', label: 'Account', icon: 'circle-user' },
];

/** The frame of a store's pages: the company's name on it, not ours. */
export function StoreLayout(props: StoreLayoutProps) {
  const { title, path, store, role, narrow, flash, scripts = [], children } = props;
  return (
    <Document title={`${title} · ${store.name}`} scripts={scripts} noindex>
      <a class="skip-link" href="#main">
        Skip to content
      </a>
      <div class="site">
        <header class="store-header">
          <a class="shell-company" href={store.home}>
            <Tile name={store.name} />
            <span class="truncate">{store.name}</span>
          </a>
          {role && <Navigation home={store.home} path={path} />}
          {role && (
            <div class="row">
              {role !== 'PRIMARY' && <Badge>{CUSTOMER_ROLE_NAMES[role]}</Badge>}
              <form method="post" action={`${store.home}/logout`}>
                <Button variant="ghost" icon="log-out">
                  Sign out
                </Button>
              </form>
            </div>
          )}
        </header>
        <main class="site-main" id="main" tabindex={-1}>
          <div class={narrow ? 'site-narrow stack' : 'stack'}>
            {flash && <Notice tone={flash.tone}>{flash.text}</Notice>}
            {children}
          </div>
        </main>
      </div>
    </Document>
  );
}

function Navigation({ home, path }: { home: string; path: string }) {
  return (
    <nav class="nav" aria-label="Main">
      {NAVIGATION.map(({ page, label, icon }) => {
        const href = home + page;
        const current = path === href || path.startsWith(`${href}/`);
        return (
          <a href={href} aria-current={current ? 'page' : undefined}>
            <Icon name={icon} />
            {label}
          </a>
        );
      })}
    </nav>
  );
}

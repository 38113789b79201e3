import type { Child } from 'hono/jsx';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { Tile } from './dashboard-layout.tsx';
import { Document, type ScriptName } from './document.tsx';
import { Icon, type IconName } from './icon.tsx';
import { StoreFooter, type StoreContact } from './store-footer.tsx';
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
  /** How customers reach the company; said to those who are signed in. */
  contact?: StoreContact | null | undefined;
  /** Id and role of whoever is signed in: what a script keeps in the tab is theirs. */
  person?: string | undefined;
  role?: CustomerRole | undefined;
  /** Products in their cart. */
  cartLines?: number | undefined;
  /** A narrow column in the middle: log-in, registration, reset. */
  narrow?: boolean;
  flash?: Flash | undefined;
  scripts?: readonly ScriptName[];
  children?: Child;
};

type NavigationItem = { page: string; label: string; icon: IconName; ordering?: true };

const NAVIGATION: readonly NavigationItem[] = [
  { page: '/catalog', label: 'Catalog', icon: 'store' },
  { page: '/quick-order', label: 'Quick order', icon: 'list-plus', ordering: true },
  { page: '/orders', label: 'Orders', icon: 'package' },
  { page: '/cart', label: 'Cart', icon: 'shopping-cart', ordering: true },
  { page: '/account', label: 'Account', icon: 'circle-user' },
];

/** The frame of a store's pages: the company's name on it, not ours. */
export function StoreLayout(props: StoreLayoutProps) {
  const {
    title,
    path,
    store,
    person,
    contact,
    role,
    cartLines,
    narrow,
    flash,
    scripts = [],
    children,
  } = props;
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
          {role && <Navigation home={store.home} path={path} role={role} cartLines={cartLines} />}
          {role && (
            <div class="row">
              {role !== 'PRIMARY' && <Badge>{CUSTOMER_ROLE_NAMES[role]}</Badge>}
              <form method="post" action={`${store.home}/logout`}>
                <Button variant="ghost" icon="log-out">
                  <span>Sign out</span>
                </Button>
              </form>
            </div>
          )}
        </header>
        <main class="site-main" id="main" tabindex={-1} data-person={person}>
          <div class={narrow ? 'site-narrow stack' : 'stack'}>
            {flash && <Notice tone={flash.tone}>{flash.text}</Notice>}
            {children}
          </div>
        </main>
        {contact && <StoreFooter contact={contact} />}
      </div>
    </Document>
  );
}

type NavigationProps = {
  home: string;
  path: string;
  role: CustomerRole;
  cartLines: number | undefined;
};

function Navigation({ home, path, role, cartLines }: NavigationProps) {
  const items = NAVIGATION.filter(({ ordering }) => !ordering || role !== 'VIEWER');
  return (
    <nav class="nav store-nav" aria-label="Main">
      {items.map(({ page, label, icon }) => {
        const href = home + page;
        const current = path === href || path.startsWith(`${href}/`);
        return (
          <a href={href} aria-current={current ? 'page' : undefined}>
            <Icon name={icon} />
            <span>{label}</span>
            {page === '/cart' && <CartCount lines={cartLines} />}
          </a>
        );
      })}
    </nav>
  );
}

/** How many products are in the cart; a script replaces it when that changes. */
export function CartCount({ lines }: { lines: number | undefined }) {
  return (
    <span class="nav-count" id="cart-count" data-part>
      {lines ? (
        <>
          {lines}
          <span class="sr-only"> in it</span>
        </>
      ) : null}
    </span>
  );
}

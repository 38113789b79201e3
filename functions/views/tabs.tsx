import type { Child } from 'hono/jsx';

export type Tab = { label: string; href: string; current?: boolean; badge?: Child };

/** Views of one thing, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
          {tab.label}
          {tab.badge}
        </a>
      ))}
    </nav>
  );
}

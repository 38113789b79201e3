import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

export type MenuProps = {
  /** What the button shows. */
  summary: Child;
  children: Child;
};

/** A list that opens above its button, without a script. Holds `MenuItem`s. */
export function Menu({ summary, children }: MenuProps) {
  return (
    <details class="menu" data-menu="">
      <summary>{summary}</summary>
      <div class="menu-panel">{children}</div>
    </details>
  );
}

export type MenuItemProps = {
  /** Where it goes, or where its form posts to. */
  href?: string;
  post?: string;
  icon?: IconName;
  children: Child;
};

/** A link, or a one-button form. */
export function MenuItem({ href, post, icon, children }: MenuItemProps) {
  const content = (
    <>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </>
  );
  if (href !== undefined) {
    return (
      <a class="menu-item" href={href}>
        {content}
      </a>
    );
  }
  return (
    <form method="post" action={post}>
      <button class="menu-item">{content}</button>
    </form>
  );
}

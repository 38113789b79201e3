import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

type MenuProps = {
  /** What the button shows. */
  summary: Child;
  /** Among a page's buttons: looks like one of them, and opens below. */
  button?: boolean;
  children: Child;
};

/** A list that opens above its button, without a script. Holds `MenuItem`s. */
export function Menu({ summary, button, children }: MenuProps) {
  return (
    <details class={button ? 'menu menu-below' : 'menu'} data-menu="">
      <summary class={button ? 'button button-secondary' : undefined}>{summary}</summary>
      <div class="menu-panel">{children}</div>
    </details>
  );
}

type MenuItemProps = {
  /** Where it goes, or where its form posts to. */
  href?: string;
  post?: string;
  /** Posted along unseen. */
  hidden?: Readonly<Record<string, string>>;
  icon?: IconName;
  children: Child;
};

/** A link, or a one-button form. */
export function MenuItem({ href, post, hidden = {}, icon, children }: MenuItemProps) {
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
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class="menu-item">{content}</button>
    </form>
  );
}

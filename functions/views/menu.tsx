import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

export type MenuProps = {
  /** What the button shows. */
  summary: Child;
  /** Its accessible name, where what it shows is only a picture. */
  label?: string;
  /** Opens to the left, or upwards. */
  end?: boolean;
  up?: boolean;
  children: Child;
};

/** A drop-down that opens without a script. Holds `MenuItem`s. */
export function Menu({ summary, label, end, up, children }: MenuProps) {
  return (
    <details class={`menu${end ? ' menu-end' : ''}${up ? ' menu-up' : ''}`} data-menu="">
      <summary aria-label={label}>{summary}</summary>
      <div class="menu-panel">{children}</div>
    </details>
  );
}

/** The usual summary of a page's further actions. */
export function MenuButton({ children }: { children: Child }) {
  return (
    <span class="button button-secondary">
      {children}
      <Icon name="chevron-down" />
    </span>
  );
}

export type MenuItemProps = {
  /** Where it goes, or where its form posts to. */
  href?: string;
  post?: string;
  hidden?: Readonly<Record<string, string>>;
  /** Id of a `Dialog` to open. */
  opens?: string;
  icon?: IconName;
  danger?: boolean;
  children: Child;
};

/** A link, a one-button form, or a button that opens a dialog. */
export function MenuItem({
  href,
  post,
  hidden = {},
  opens,
  icon,
  danger,
  children,
}: MenuItemProps) {
  const className = danger ? 'menu-item menu-danger' : 'menu-item';
  const content = (
    <>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </>
  );
  if (href !== undefined) {
    return (
      <a class={className} href={href}>
        {content}
      </a>
    );
  }
  if (opens !== undefined) {
    return (
      <button class={className} type="button" command="show-modal" commandfor={opens}>
        {content}
      </button>
    );
  }
  return (
    <form method="post" action={post}>
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class={className}>{content}</button>
    </form>
  );
}

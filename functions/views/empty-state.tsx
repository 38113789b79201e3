import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

type EmptyStateProps = {
  title: string;
  icon?: IconName;
  /** How the list gets its first entry, as buttons. */
  actions?: Child;
  children?: Child;
};

/** What a list shows before it has anything, or when a search finds nothing. */
export function EmptyState({ title, icon = 'inbox', actions, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p class="font-semibold">{title}</p>
      {children && <div>{children}</div>}
      {actions && <div class="row">{actions}</div>}
    </div>
  );
}

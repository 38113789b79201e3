import { Icon } from './icon.tsx';

export const NOTIFICATIONS_PATH = '/dashboard/notifications';

/** Counting stops at a hundred. */
const MOST = 99;

type Props = {
  unread: number;
  /** The request's path. */
  path: string;
};

/**
 * The way to the notifications, and how many are new. To look at new ones marks them as read: that is a form, so that no
 * link anybody follows, or fetches ahead, does.
 */
export function Bell({ unread, path }: Props) {
  const className = 'button button-ghost button-square bell';
  if (unread === 0) {
    return (
      <a
        class={className}
        href={NOTIFICATIONS_PATH}
        aria-current={path === NOTIFICATIONS_PATH ? 'page' : undefined}
      >
        <Icon name="bell" />
        <span class="sr-only">Notifications</span>
      </a>
    );
  }
  return (
    <form method="post" action={`${NOTIFICATIONS_PATH}/read`}>
      <button class={className}>
        <Icon name="bell" />
        <span class="sr-only">Notifications, new: </span>
        <span class="nav-count">{unread > MOST ? `${MOST}+` : unread}</span>
      </button>
    </form>
  );
}

import { Badge } from './badge.tsx';
import { DateTime } from './date-time.tsx';
import { Icon, type IconName } from './icon.tsx';

type FeedItem = { icon: IconName; text: string; at: Date; href: string; isNew: boolean };

/** What has happened, newest first; each leads to the thing it is about. */
export function Feed({ items, timeZone }: { items: readonly FeedItem[]; timeZone: string }) {
  return (
    <ol class="feed">
      {items.map(({ icon, text, at, href, isNew }) => (
        <li>
          <Icon name={icon} />
          <div>
            <a href={href}>{text}</a>
            <div class="field-hint">
              <DateTime value={at} timeZone={timeZone} style="datetime" />
            </div>
          </div>
          {isNew && (
            <span>
              <Badge tone="info">New</Badge>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

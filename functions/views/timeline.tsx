import type { Child } from 'hono/jsx';
import { DateTime } from './date-time.tsx';

type TimelineProps = {
  /** Newest first. */
  items: readonly { title: Child; at: Date; by: string | null }[];
  /** The company's time zone. */
  timeZone: string;
};

/** What happened to one thing, when, and who did it. */
export function Timeline({ items, timeZone }: TimelineProps) {
  return (
    <ol class="timeline">
      {items.map(({ title, at, by }) => (
        <li>
          <div>{title}</div>
          <div class="prose">
            <DateTime value={at} timeZone={timeZone} style="datetime" />
            {by !== null && ` · ${by}`}
          </div>
        </li>
      ))}
    </ol>
  );
}

import type { Child } from 'hono/jsx';
import { inWords } from '#src/audit/actions.ts';
import type { AuditEntry } from '#src/audit/schema.ts';
import { Link } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { DateTime } from '../views/date-time.tsx';
import { Prose, Stack } from '../views/layout.tsx';
import { AuditDetails, type Locale } from './settings/audit-details.tsx';

/** `of` is a public id, such as `cus_…`. */
type Props = { of: string; changes: AuditEntry[]; locale: Locale };

/** Who changed this customer or product lately, and what. */
export function RecentChanges({ of, changes, locale }: Props) {
  return (
    <Card
      title="Recent changes"
      actions={<Link href={`/dashboard/settings/audit?entity=${of}`}>See all</Link>}
    >
      <Stack>
        {changes.length === 0 && <Prose>No changes yet, apart from imports of whole lists.</Prose>}
        {changes.map((entry) => (
          <RecentChange entry={entry} locale={locale} />
        ))}
      </Stack>
    </Card>
  );
}

type RecentChangeProps = {
  entry: AuditEntry;
  locale: Locale;
  /** What it is about, where that is not said already. */
  children?: Child;
};

/** One change: what was done, when, by whom, and what is different since. */
export function RecentChange({ entry, locale, children }: RecentChangeProps) {
  const { action, createdAt, actorName } = entry;
  return (
    <div>
      <strong>{inWords(action)}</strong>
      {children}
      <Prose>
        <DateTime value={createdAt} timeZone={locale.timeZone} style="datetime" />
        {actorName && ` · ${actorName}`}
      </Prose>
      <AuditDetails entry={entry} locale={locale} />
    </div>
  );
}

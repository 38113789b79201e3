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
          <div>
            <strong>{inWords(entry.action)}</strong>
            <Prose>
              <DateTime value={entry.createdAt} timeZone={locale.timeZone} style="datetime" />
              {entry.actorName && ` · ${entry.actorName}`}
            </Prose>
            <AuditDetails entry={entry} locale={locale} />
          </div>
        ))}
      </Stack>
    </Card>
  );
}

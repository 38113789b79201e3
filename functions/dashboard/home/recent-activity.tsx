import type { AuditEntry } from '#src/audit/schema.ts';
import { Link } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { Stack } from '../../views/layout.tsx';
import { RecentChange } from '../recent-changes.tsx';
import type { Locale } from '../settings/audit-details.tsx';
import { EntityLink } from '../settings/audit-table.tsx';

type Props = { changes: AuditEntry[]; locale: Locale };

/** What anybody has done lately: customers, staff and software. */
export function RecentActivity({ changes, locale }: Props) {
  return (
    <Card title="Recent activity" actions={<Link href="/dashboard/settings/audit">See all</Link>}>
      {changes.length === 0 ? (
        <EmptyState title="Nothing has happened yet" icon="scroll-text" />
      ) : (
        <Stack>
          {changes.map((entry) => (
            <RecentChange entry={entry} locale={locale}>
              {' · '}
              <EntityLink entry={entry} />
            </RecentChange>
          ))}
        </Stack>
      )}
    </Card>
  );
}

import { Hono } from 'hono';
import { inWords } from '#src/audit/actions.ts';
import { listAuditEntries } from '#src/audit/queries.ts';
import { type AuditEntry, type AuditFilter, auditFilter } from '#src/audit/schema.ts';
import { type Ctx, staffOf } from '#src/context.ts';
import { UTF8_BOM, csvLine } from '#src/lib/csv-format.ts';
import type { Page } from '#src/lib/page.ts';
import type { AppEnv } from '../../app-env.ts';
import { byteStream } from '../../byte-stream.ts';
import { csvResponse } from '../imports/csv-response.ts';
import { auditDetailsText, type Locale } from './audit-details.tsx';

const ROWS_A_TRIP = 1000;
const HEADERS = [
  'time_utc',
  'actor_type',
  'actor_name',
  'actor_id',
  'action',
  'action_in_words',
  'entity_type',
  'entity_name',
  'entity_id',
  'details',
];

/** What the log's page shows filtered, all of it, as a file. */
export const auditExport = new Hono<AppEnv>().get('/settings/audit.csv', async (c) => {
  const { ctx } = c.var;
  const filter = auditFilter(c.req.query());
  // A file that is not what was asked for looks like one that is: the page says which filter is not applied.
  if (filter.problems) {
    return c.redirect(`/dashboard/settings/audit${new URL(c.req.url).search}`, 303);
  }
  // The first rows are read before anything is sent: that is where the log is refused to those who may not see it.
  const first = await listAuditEntries(ctx, filter, { limit: ROWS_A_TRIP });
  return csvResponse(c, 'audit-log.csv', byteStream(c, csvText(ctx, filter, first, staffOf(ctx))));
});

async function* csvText(ctx: Ctx, filter: AuditFilter, first: Page<AuditEntry>, locale: Locale) {
  yield UTF8_BOM + csvLine(HEADERS);
  let page = first;
  while (page.last !== null) {
    yield page.rows.map((entry) => csvLine(cells(entry, locale))).join('');
    if (!page.hasMore) return;
    page = await listAuditEntries(ctx, filter, { limit: ROWS_A_TRIP, cursor: page.last });
  }
}

function cells(entry: AuditEntry, locale: Locale): string[] {
  return [
    entry.createdAt.toISOString(),
    entry.actorType,
    entry.actorName ?? '',
    entry.actorId ?? '',
    entry.action,
    inWords(entry.action),
    entry.entityType,
    entry.entityName ?? '',
    entry.entityId ?? '',
    auditDetailsText(entry, locale),
  ];
}

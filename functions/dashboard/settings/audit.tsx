import { Hono } from 'hono';
import { ACTIONS, ENTITY_TYPES, inWords } from '#src/audit/actions.ts';
import { listAuditEntries } from '#src/audit/queries.ts';
import { ACTOR_TYPES, type AuditEntry, type AuditFilter, auditFilter } from '#src/audit/schema.ts';
import { staffOf } from '#src/context.ts';
import type { Page } from '#src/lib/page.ts';
import type { TypedFilters } from '#src/lib/typed-filters.ts';
import type { AppEnv } from '../../app-env.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { FilterProblems } from '../../views/filter-problems.tsx';
import { FilterDate, FilterSelect } from '../../views/filter-select.tsx';
import { Pages, type PagesProps } from '../../views/pagination.tsx';
import { type QueryValues, queryHref } from '../../views/query-href.ts';
import { SearchBox } from '../../views/search-box.tsx';
import type { Locale } from './audit-details.tsx';
import { ACTOR_NAMES, AuditTable } from './audit-table.tsx';
import { settingsPage } from './settings-page.tsx';

const PATH = '/dashboard/settings/audit';
const PAGE_SIZE = 50;

export const audit = new Hono<AppEnv>().get('/settings/audit', async (c) => {
  const query = c.req.query();
  const filter = auditFilter(query);
  const place = {
    cursor: query['before'] ?? query['after'],
    backwards: query['before'] !== undefined,
  };
  const page = await listAuditEntries(c.var.ctx, filter, { ...place, limit: PAGE_SIZE });
  return settingsPage(
    c,
    { title: 'Audit log' },
    <AuditLog filter={filter} page={page} place={place} locale={staffOf(c.var.ctx)} />,
  );
});

type Filter = AuditFilter & TypedFilters;

/** The filter as an address has it. */
function filterQuery(filter: Filter): QueryValues {
  const { actorType, action, entityType, entity, typed = {} } = filter;
  return {
    actor: actorType,
    action,
    type: entityType,
    entity,
    from: typed['from'],
    to: typed['to'],
  };
}

type AuditLogProps = {
  filter: Filter;
  page: Page<AuditEntry>;
  place: PagesProps['view'];
  locale: Locale;
};

function AuditLog({ filter, page, place, locale }: AuditLogProps) {
  const query = filterQuery(filter);
  const filtered = Object.values(query).some((value) => value !== undefined);
  return (
    <Card
      title="Audit log"
      description="Who changed what. Entries cannot be edited or removed."
      actions={
        <Button href={queryHref(`${PATH}.csv`, query)} icon="download" download>
          Export CSV
        </Button>
      }
      toolbar={<Filters filter={filter} filtered={filtered} />}
      flush
    >
      <FilterProblems problems={filter.problems} />
      {page.rows.length > 0 ? (
        <AuditTable entries={page.rows} locale={locale} />
      ) : (
        <EmptyState
          title={filtered ? 'Nothing matches these filters' : 'Nothing has happened yet'}
          icon="scroll-text"
          actions={filtered && <Button href={PATH}>Clear filters</Button>}
        >
          {!filtered && 'Every change to your company is recorded here.'}
        </EmptyState>
      )}
      <Pages page={page} view={place} href={(cursor) => queryHref(PATH, query, cursor)} />
    </Card>
  );
}

function Filters({ filter, filtered }: { filter: Filter; filtered: boolean }) {
  const { typed = {}, problems = {} } = filter;
  return (
    <SearchBox
      action={PATH}
      name="entity"
      label="Id of a customer, key or other thing"
      placeholder="Id, such as cus_…"
      value={filter.entity}
    >
      <FilterSelect
        name="actor"
        label="Actor"
        value={filter.actorType}
        options={[
          { value: '', label: 'All actors' },
          ...ACTOR_TYPES.map((value) => ({ value, label: ACTOR_NAMES[value] })),
        ]}
      />
      <FilterSelect
        name="action"
        label="Action"
        value={filter.action}
        options={choices('All actions', ACTIONS, filter.action)}
      />
      <FilterSelect
        name="type"
        label="Kind of thing"
        value={filter.entityType}
        options={choices('All things', ENTITY_TYPES, filter.entityType)}
      />
      <FilterDate name="from" label="From" value={typed['from']} problem={problems['from']} />
      <FilterDate name="to" label="To" value={typed['to']} problem={problems['to']} />
      {filtered && (
        <Button variant="ghost" href={PATH}>
          Clear
        </Button>
      )}
    </SearchBox>
  );
}

function choices(all: string, known: readonly string[], chosen: string | undefined) {
  const values = chosen === undefined || known.includes(chosen) ? known : [...known, chosen];
  return [{ value: '', label: all }, ...values.map((value) => ({ value, label: inWords(value) }))];
}

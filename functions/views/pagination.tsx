import { countOf, formatNumber } from '#src/lib/format-number.ts';
import type { Page } from '#src/lib/page.ts';
import { Button } from './button.tsx';

type PaginationProps = {
  /** Addresses of the neighboring pages; absent at an end of the list. */
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** What is on show, as in `50 of 1,204 customers`. */
  summary?: string | undefined;
};

/** Forward and back, no page numbers. Renders nothing when there is nothing to say. */
export function Pagination({ previousHref, nextHref, summary }: PaginationProps) {
  if (!previousHref && !nextHref && !summary) return null;
  return (
    <nav class="pagination" aria-label="Pages">
      <span>{summary}</span>
      {(previousHref || nextHref) && (
        <span class="row">
          <Button href={previousHref ?? ''} disabled={!previousHref} icon="chevron-left">
            Previous
          </Button>
          <Button href={nextHref ?? ''} disabled={!nextHref} iconAfter="chevron-right">
            Next
          </Button>
        </span>
      )}
    </nav>
  );
}

export type PagesProps = {
  page: Page<unknown>;
  /** Where the page starts, and in which direction it was reached. */
  view: { cursor?: string | undefined; backwards: boolean };
  /** The list's address at the page before or after a row. */
  href: (place: { before: string } | { after: string }) => string;
  /** What a row is, to say how many are on show: `customer`. */
  thing?: string;
  /** How many there are on all pages, where that is known. */
  total?: number | undefined;
};

/** The way to the neighbors of one page of a list. */
export function Pages({ page, view, href, thing, total }: PagesProps) {
  const { rows, first, last, hasMore } = page;
  // A page that was reached backwards has a next one: where one came from.
  const hasPrevious = view.backwards ? hasMore : view.cursor !== undefined;
  const hasNext = view.backwards || hasMore;
  const summary = thing && summaryOf(rows.length, hasPrevious || hasNext, thing, total);
  return (
    <Pagination
      previousHref={hasPrevious && first !== null ? href({ before: first }) : undefined}
      nextHref={hasNext && last !== null ? href({ after: last }) : undefined}
      summary={rows.length > 0 ? summary : undefined}
    />
  );
}

function summaryOf(shown: number, paged: boolean, thing: string, total?: number): string {
  if (!paged) return countOf(shown, thing);
  return total === undefined
    ? `${formatNumber(shown)} on this page`
    : `${formatNumber(shown)} of ${countOf(total, thing)}`;
}

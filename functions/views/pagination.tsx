import { Button } from './button.tsx';

export type PaginationProps = {
  /** Addresses of the neighbouring pages; absent at an end of the list. */
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** What is on show, as in `50 of 1,204 customers`. */
  summary?: string;
  sizes?: readonly { size: number; href: string; current: boolean }[];
};

/** Keyset paging: forward and back, no page numbers. Renders nothing when there is nothing to say. */
export function Pagination({ previousHref, nextHref, summary, sizes }: PaginationProps) {
  if (!previousHref && !nextHref && !summary && !sizes) return null;
  return (
    <nav class="pagination" aria-label="Pages">
      <span>{summary}</span>
      {sizes && (
        <span class="page-sizes">
          <span>Per page</span>
          {sizes.map(({ size, href, current }) =>
            current ? <span aria-current="true">{size}</span> : <a href={href}>{size}</a>,
          )}
        </span>
      )}
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

import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import { Icon } from './icon.tsx';

export type Column<Row> = {
  header: string;
  cell: (row: Row) => Child;
  align?: 'end';
  nowrap?: boolean;
  /** Gives way where room is short: on a tablet, and in the card a row becomes on a phone. */
  hideOnPhone?: boolean;
  /** Makes the header a link: where to, and how the list is ordered by this column now. */
  sort?: { href: string; direction?: 'asc' | 'desc' | undefined };
};

export type TableProps<Row> = {
  /** Says what the table holds, to those who cannot see the heading above it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Makes a row a link to its page; the first column carries it. */
  rowHref?: (row: Row) => string;
  /** Names a row for links and swaps. */
  rowId?: (row: Row) => string;
};

const SORT_ICONS = { asc: 'arrow-up', desc: 'arrow-down' } as const;
const SORT_STATES = { asc: 'ascending', desc: 'descending' } as const;

function cellClass<Row>({ align, nowrap, hideOnPhone }: Column<Row>): string | undefined {
  const names = [align, nowrap && 'nowrap', hideOnPhone && 'phone-hidden'].filter(Boolean);
  return names.length > 0 ? names.join(' ') : undefined;
}

function HeaderCell<Row>({ column }: { column: Column<Row> }) {
  const { header, sort } = column;
  const direction = sort?.direction;
  return (
    <th
      role="columnheader"
      scope="col"
      class={cellClass(column)}
      aria-sort={direction && SORT_STATES[direction]}
    >
      {sort ? (
        <a class="sort" href={sort.href}>
          {header}
          <Icon name={direction ? SORT_ICONS[direction] : 'arrow-up-down'} />
        </a>
      ) : (
        header
      )}
    </th>
  );
}

const CLOSING_TAG = raw('</td>');

/**
 * The cells of a column all open alike, so that is rendered once a column. A page of a list has hundreds of cells, and
 * their attributes were a third of what the whole page took to render.
 */
function openingTag(cell: HtmlEscapedString): HtmlEscapedString {
  return raw(String(cell).slice(0, -CLOSING_TAG.length));
}

/**
 * Rows and columns on a wide screen, a card a row on a phone. Roles are written out because
 * browsers drop a table's meaning with its `display`.
 */
export function Table<Row>({ caption, columns, rows, rowHref, rowId }: TableProps<Row>) {
  const cells = columns.map((column, index) => ({
    column,
    opening: openingTag(
      (
        <td
          role="cell"
          class={cellClass(column)}
          data-label={index > 0 ? column.header : undefined}
        ></td>
      ) as HtmlEscapedString,
    ),
  }));
  return (
    <table class="table table-cards" role="table" aria-label={caption}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <HeaderCell column={column} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row" id={rowId?.(row)}>
            {cells.map(({ column, opening }, index) => [
              opening,
              rowHref && index === 0 ? (
                <a class="row-link" href={rowHref(row)}>
                  {column.cell(row)}
                </a>
              ) : (
                column.cell(row)
              ),
              CLOSING_TAG,
            ])}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

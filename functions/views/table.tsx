import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import { escaped } from './escaped.ts';
import { Icon } from './icon.tsx';

export type Column<Row> = {
  header: string;
  cell: (row: Row) => Child;
  align?: 'end';
  nowrap?: boolean;
  /**
   * Gives way where the table has less than 52rem: on a phone, and in a column of a laptop's page, too. For what nobody
   * needs for the task of the page.
   */
  hideWhenNarrow?: boolean;
  /** Makes the header a link: where to, and how the list is ordered by this column now. */
  sort?: { href: string; direction?: 'asc' | 'desc' | undefined };
};

type TableProps<Row> = {
  /** Says what the table holds, to those who cannot see the heading above it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Makes a row a link to its page; the first column carries it. */
  rowHref?: (row: Row) => string;
  /** Before the link of a row, not part of it: a box to tick. */
  rowLead?: (row: Row) => Child;
  /** Names a row for links and swaps. */
  rowId?: (row: Row) => string;
};

const SORT_ICONS = { asc: 'arrow-up', desc: 'arrow-down' } as const;
const SORT_STATES = { asc: 'ascending', desc: 'descending' } as const;

function cellClass<Row>({ align, nowrap, hideWhenNarrow }: Column<Row>): string | undefined {
  const names = [align, nowrap && 'nowrap', hideWhenNarrow && 'narrow-hidden'].filter(Boolean);
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

/** A list's page has hundreds of cells. As elements, they took a third of the time the whole page takes to render. */
function openingTag(
  name: string,
  attributes: Record<string, string | undefined>,
): HtmlEscapedString {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${escaped(value)}"`,
  );
  return raw(`<${name}${written.join('')}>`);
}

const [LINK_END, CELL_END, ROW_END] = ['</a>', '</td>', '</tr>'].map((tag) => raw(tag));

/**
 * Rows and columns on a wide screen, a card a row on a phone. Roles are written out because
 * browsers drop a table's meaning with its `display`.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, columns, rows, rowHref, rowLead, rowId } = props;
  const cells = columns.map((column, index) => ({
    column,
    opening: openingTag('td', {
      role: 'cell',
      class: cellClass(column),
      'data-label': index > 0 ? column.header : undefined,
    }),
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
        {rows.map((row) => [
          openingTag('tr', { role: 'row', id: rowId?.(row) }),
          cells.map(({ column, opening }, index) => [
            opening,
            rowHref && index === 0
              ? [
                  rowLead?.(row),
                  openingTag('a', { class: 'row-link', href: rowHref(row) }),
                  column.cell(row),
                  LINK_END,
                ]
              : column.cell(row),
            CELL_END,
          ]),
          ROW_END,
        ])}
      </tbody>
    </table>
  );
}

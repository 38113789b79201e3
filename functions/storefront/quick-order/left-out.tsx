import { countOf } from '#src/lib/format-number.ts';
import type { LeftOutRow } from '#src/quick-order/read-rows.ts';
import { Disclosure } from '../../views/disclosure.tsx';
import { shortName } from '../../views/fitted.ts';
import { Notice } from '../../views/notice.tsx';

const ROWS_SHOWN = 100;

/** The lines of an order sheet that have no quantity, so that nobody takes them for ordered. */
export function LeftOut({ rows }: { rows: readonly LeftOutRow[] }) {
  const more = rows.length - ROWS_SHOWN;
  return (
    <Notice tone="info">
      <p>
        {countOf(rows.length, 'line')} without a quantity {rows.length === 1 ? 'was' : 'were'} left
        out.
      </p>
      <Disclosure summary="Show lines">
        <ul>
          {rows.slice(0, ROWS_SHOWN).map(({ row, text }) => (
            <li>
              Line {row}: {shortName(text)}
            </li>
          ))}
        </ul>
        {more > 0 && `And ${countOf(more, 'more line')}.`}
      </Disclosure>
    </Notice>
  );
}

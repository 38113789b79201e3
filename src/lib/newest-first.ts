import { type AnyColumn, type SQL, asc, desc, sql } from 'drizzle-orm';
import { type Position, decodeCursor, encodeCursor } from './cursor.ts';
import { AppError } from './errors.ts';
import { isIsoMoment } from './iso-moment.ts';

type List = {
  /** Keeps the cursors of one list out of every other. */
  sort: string;
  createdAt: AnyColumn;
  id: AnyColumn;
  /** Whether a cursor may name such an id: the database is not asked about any other. */
  isId: (id: string) => boolean;
};

/** How a list is paged whose newest row comes first. */
export function newestFirst({ sort, createdAt, id, isId }: List) {
  const cursorOf = (row: { createdAt: Date; id: string | number }): string =>
    encodeCursor({ sort, key: row.createdAt.toISOString(), id: String(row.id) });

  /** Where a cursor points to, or null when it is none of this list's. */
  const positionOf = (cursor: string | undefined): Position | null => {
    const position = cursor === undefined ? null : decodeCursor(cursor);
    const isOurs = position?.sort === sort && isIsoMoment(position.key) && isId(position.id);
    return isOurs ? position : null;
  };

  /**
   * Where a list starts; null = with its newest row.
   * @throws AppError validation `Invalid cursor.`
   */
  const startOf = (cursor: string | undefined): Position | null => {
    const position = positionOf(cursor);
    if (cursor !== undefined && !position) throw new AppError('validation', 'Invalid cursor.');
    return position;
  };

  /** What a query asks for, from a position on or `backwards` up to it; without one, the first page. */
  const page = (start: Position | null, backwards = false) => {
    const isBefore = start !== null && backwards;
    const order = isBefore ? asc : desc;
    const beyond =
      start &&
      sql`(${createdAt}, ${id}) ${sql.raw(isBefore ? '>' : '<')} (${start.key}::timestamptz, ${start.id})`;
    return {
      where: (beyond ?? undefined) satisfies SQL | undefined,
      orderBy: [order(createdAt), order(id)] as const,
      backwards: isBefore,
    };
  };

  return { cursorOf, positionOf, startOf, page };
}

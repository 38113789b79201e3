import { type SQL, and, asc, desc, eq, sql } from 'drizzle-orm';
import { events, memberships } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { isIsoMoment } from '../lib/iso-moment.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { me } from '../staff/me.ts';
import { tenant } from '../tenant.ts';
import { NEWS, type NewsType, TOLD, type Told } from './news.ts';

export interface Notification {
  id: string;
  type: NewsType;
  /** What it is about, such as `ord_…`. */
  entityId: string;
  sentence: string;
  createdAt: Date;
}

export interface Notifications {
  page: Page<Notification>;
  /** What happened until then, this person has seen. */
  seenAt: Date;
  /** When the database read this page; what it shows is older. */
  readAt: Date;
}

export interface NotificationsInput {
  limit: number;
  /** Where the page starts, from an earlier page; one that is none of ours starts at the newest. */
  cursor?: string | undefined;
  /** The page that ends before `cursor` instead of the one after it. */
  backwards?: boolean | undefined;
}

/** What has happened lately that somebody else did, newest first, and how much of it this person has seen. */
export async function listNotifications(
  ctx: Ctx,
  input: NotificationsInput,
): Promise<Notifications> {
  const start = positionOf(input.cursor);
  const backwards = start !== null && (input.backwards ?? false);
  const order = backwards ? asc : desc;
  const [[seen], found] = await tenant(ctx, 'dashboard:read').batch([
    seenUntil(ctx),
    ctx.db
      .select({
        id: events.id,
        type: events.type,
        entityId: events.entityId,
        createdAt: events.createdAt,
        told: told(),
      })
      .from(events)
      .where(
        and(
          eq(events.companyId, companyId(ctx)),
          events.news,
          sql`${events.actorId} is distinct from ${me}`,
          start ? beyond(start, backwards) : undefined,
        ),
      )
      .orderBy(order(events.createdAt), order(events.id))
      .limit(input.limit + 1),
  ]);
  if (!seen) throw new Error('The viewer is no member of the company.');
  const rows = found.map(({ type, told: of, ...row }) => {
    const news = type as NewsType;
    return { ...row, type: news, sentence: NEWS[news].sentence(of) };
  });
  return { page: pageFrom(rows, { limit: input.limit, backwards }, cursorOf), ...seen };
}

/** Until when this person has seen what happened, and what time the database has; to be asked in a batch. */
export function seenUntil(ctx: Ctx) {
  return ctx.db
    .select({
      seenAt: memberships.notificationsSeenAt,
      readAt: sql`now()::timestamptz(3)`.mapWith(memberships.notificationsSeenAt),
    })
    .from(memberships)
    .where(isMine(ctx));
}

/** The membership by which this person is here. */
export function isMine(ctx: Ctx): SQL | undefined {
  return and(eq(memberships.companyId, companyId(ctx)), eq(memberships.userId, me));
}

/** The few fields the sentences need: an order's lines stay where they are. */
function told(): SQL<Told> {
  const fields = TOLD.map((field) => sql`${field}::text, ${events.snapshot} -> ${field}::text`);
  return sql<Told>`jsonb_build_object(${sql.join(fields, sql`, `)})`;
}

const SORT = 'notifications';
const EVENT_ID = /^evt_[0-9a-z]{26}$/;

function cursorOf({ createdAt, id }: Notification): string {
  return encodeCursor({ sort: SORT, key: createdAt.toISOString(), id });
}

function positionOf(cursor: string | undefined): { key: string; id: string } | null {
  const position = cursor === undefined ? null : decodeCursor(cursor);
  const valid = position?.sort === SORT && isIsoMoment(position.key) && EVENT_ID.test(position.id);
  return valid ? position : null;
}

function beyond(start: { key: string; id: string }, backwards: boolean): SQL {
  return sql`(${events.createdAt}, ${events.id}) ${sql.raw(backwards ? '>' : '<')}
    (${start.key}::timestamptz, ${start.id}::text collate "C")`;
}

import { type SQL, and, eq, sql } from 'drizzle-orm';
import { isId } from '#db/ids.ts';
import { events, memberships } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { newestFirst } from '../lib/newest-first.ts';
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

interface NotificationsInput {
  limit: number;
  /** Where the page starts, from an earlier page; one that is none of ours starts at the newest. */
  cursor?: string | undefined;
  /** The page that ends before `cursor` instead of the one after it. */
  backwards?: boolean | undefined;
}

const newest = newestFirst({
  sort: 'notifications',
  createdAt: events.createdAt,
  id: events.id,
  isId: (id) => isId('event', id),
});

/** What has happened lately that somebody else did, newest first, and how much of it this person has seen. */
export async function listNotifications(
  ctx: Ctx,
  input: NotificationsInput,
): Promise<Notifications> {
  const { where, orderBy, backwards } = newest.page(
    newest.positionOf(input.cursor),
    input.backwards,
  );
  const [[seen], found] = await tenant(ctx, 'dashboard:read').inOrder([
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
          where,
        ),
      )
      .orderBy(...orderBy)
      .limit(input.limit + 1),
  ]);
  if (!seen) throw new Error('The viewer is no member of the company.');
  const rows = found.map(({ type, told: of, ...row }) => {
    const news = type as NewsType;
    return { ...row, type: news, sentence: NEWS[news].sentence(of) };
  });
  return { page: pageFrom(rows, { limit: input.limit, backwards }, newest.cursorOf), ...seen };
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

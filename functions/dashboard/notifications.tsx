import { Hono } from 'hono';
import { staffOf } from '#src/context.ts';
import { markSeen } from '#src/notifications/mark-seen.ts';
import type { NewsType } from '#src/notifications/news.ts';
import {
  listNotifications,
  type Notification,
  type Notifications,
} from '#src/notifications/queries.ts';
import { momentFrom, SeenForm } from '#src/notifications/schema.ts';
import type { AppEnv } from '../app-env.ts';
import { parseForm } from '../parse-form.ts';
import { NOTIFICATIONS_PATH } from '../views/bell.tsx';
import { Button } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { EmptyState } from '../views/empty-state.tsx';
import { Feed } from '../views/feed.tsx';
import { Form } from '../views/form.tsx';
import type { IconName } from '../views/icon.tsx';
import { Page } from '../views/page.tsx';
import { Pages, type PagesProps } from '../views/pagination.tsx';
import { queryHref } from '../views/query-href.ts';
import { dashboardPage } from './dashboard-page.tsx';

const PAGE_SIZE = 25;

export const notifications = new Hono<AppEnv>()
  .get('/notifications', async (c) => {
    const { ctx } = c.var;
    const { before, after, since } = c.req.query();
    const view = { cursor: before ?? after, backwards: before !== undefined };
    const found = await listNotifications(ctx, { ...view, limit: PAGE_SIZE });
    const { unread, timeZone } = staffOf(ctx);
    return dashboardPage(
      c,
      { title: 'Notifications' },
      <List
        found={found}
        view={view}
        since={momentFrom(since)}
        unread={unread}
        timeZone={timeZone}
      />,
    );
  })
  .post('/notifications/read', async (c) => {
    const form = await parseForm(c, SeenForm);
    const until = form.ok ? form.data.until : undefined;
    const before = await markSeen(c.var.ctx, until ?? null);
    // From the bell: the list still says what is new.
    const since = until === undefined ? before.toISOString() : undefined;
    return c.redirect(queryHref(NOTIFICATIONS_PATH, { since }), 303);
  });

const LOOKS: Record<NewsType, { icon: IconName; href: (id: string) => string }> = {
  'order.created': { icon: 'clipboard-list', href: (id) => `/dashboard/orders/${id}` },
  'order.status_changed': { icon: 'ban', href: (id) => `/dashboard/orders/${id}` },
  'product.low_stock': {
    icon: 'triangle-alert',
    href: (id) => `/dashboard/inventory/${id}/edit`,
  },
  'customer.created': { icon: 'user-round', href: (id) => `/dashboard/customers/${id}` },
};

type ListProps = {
  found: Notifications;
  view: PagesProps['view'];
  /** What is newer was new when the bell was pressed. */
  since: Date | null;
  unread: number;
  timeZone: string;
};

function List({ found, view, since, unread, timeZone }: ListProps) {
  const { page, seenAt, readAt } = found;
  const newest = since ?? seenAt;
  return (
    <Page
      title="Notifications"
      actions={
        unread > 0 && (
          <Form action={`${NOTIFICATIONS_PATH}/read`} hidden={{ until: readAt.toISOString() }}>
            <Button icon="check">Mark all as read</Button>
          </Form>
        )
      }
    >
      <Card flush>
        {page.rows.length === 0 ? (
          <EmptyState title="Nothing has happened yet" icon="bell">
            Orders your customers place or cancel, new customers and low stock show up here.
          </EmptyState>
        ) : (
          <Feed items={page.rows.map((row) => itemOf(row, newest))} timeZone={timeZone} />
        )}
        <Pages
          page={page}
          view={view}
          href={(place) => queryHref(NOTIFICATIONS_PATH, { since: since?.toISOString() }, place)}
        />
      </Card>
    </Page>
  );
}

function itemOf({ type, entityId, sentence, createdAt }: Notification, seenAt: Date) {
  const { icon, href } = LOOKS[type];
  return {
    icon,
    text: sentence,
    at: createdAt,
    href: href(entityId),
    isNew: createdAt.getTime() > seenAt.getTime(),
  };
}

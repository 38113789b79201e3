import { Hono } from 'hono';
import { idFrom } from '#db/ids.ts';
import { staffOf } from '#src/context.ts';
import {
  endMyOtherSessions,
  endMySession,
  listMySessions,
  type SessionInfo,
} from '#src/staff/sessions.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { DateTime } from '../../views/date-time.tsx';
import { fitted } from '../../views/fitted.ts';
import { Form } from '../../views/form.tsx';
import { Table } from '../../views/table.tsx';
import { browserName } from './browser-name.ts';
import { settingsPage } from './settings-page.tsx';

const PATH = '/dashboard/settings/sessions';

export const sessions = new Hono<AppEnv>()
  .get('/settings/sessions', async (c) => {
    const rows = await listMySessions(c.var.ctx);
    const { timeZone } = staffOf(c.var.ctx);
    return settingsPage(c, { title: 'Sessions' }, <Sessions rows={rows} timeZone={timeZone} />);
  })
  .post('/settings/sessions/end-others', async (c) => {
    await endMyOtherSessions(c.var.ctx);
    setFlash(c, { tone: 'success', text: 'All other browsers are signed out.' });
    return c.redirect(PATH, 303);
  })
  .post('/settings/sessions/:id/end', async (c) => {
    await endMySession(c.var.ctx, idFrom('session', c.req.param('id')));
    setFlash(c, { tone: 'success', text: 'That browser is signed out.' });
    return c.redirect(PATH, 303);
  });

function Sessions({ rows, timeZone }: { rows: SessionInfo[]; timeZone: string }) {
  return (
    <Card
      title="Sessions"
      description="The browsers you are signed in with."
      flush
      actions={
        rows.length > 1 && (
          <Form action={`${PATH}/end-others`}>
            <Button variant="danger">Sign out everywhere else</Button>
          </Form>
        )
      }
    >
      <Table
        caption="Browsers you are signed in with"
        rows={rows}
        columns={[
          {
            header: 'Browser',
            cell: ({ userAgent, isCurrent }) => (
              <>
                {fitted(browserName(userAgent), 200)}{' '}
                {isCurrent && <Badge tone="info">This browser</Badge>}
              </>
            ),
          },
          { header: 'Company', cell: ({ companyName }) => fitted(companyName, 200) },
          {
            header: 'Signed in',
            cell: ({ createdAt }) => (
              <DateTime value={createdAt} timeZone={timeZone} style="datetime" />
            ),
          },
          {
            header: 'Last used',
            cell: ({ lastSeenAt }) => (
              <DateTime value={lastSeenAt} timeZone={timeZone} style="datetime" />
            ),
          },
          {
            header: 'Sign out',
            align: 'end',
            cell: ({ id, isCurrent }) =>
              isCurrent ? (
                ''
              ) : (
                <Form action={`${PATH}/${id}/end`}>
                  <Button>Sign out</Button>
                </Form>
              ),
          },
        ]}
      />
    </Card>
  );
}

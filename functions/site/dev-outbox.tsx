import { Hono } from 'hono';
import { listOutbox, type OutboxMail } from '#src/mail/queries.ts';
import type { AppEnv } from '../app-env.ts';
import { htmlPage } from '../html-page.ts';
import { jobContext } from '../job-context.ts';
import { developmentOnly } from '../middleware/development-only.ts';
import { Badge } from '../views/badge.tsx';
import { Card } from '../views/card.tsx';
import { DateTime } from '../views/date-time.tsx';
import { EmptyState } from '../views/empty-state.tsx';
import { Stack } from '../views/layout.tsx';
import { Link } from '../views/button.tsx';
import { Page } from '../views/page.tsx';
import { SiteLayout } from '../views/site-layout.tsx';

/**
 * `/dev/outbox`: the newest mails, as people would get them; `/dev/outbox.json` for tests. They hold links that open
 * accounts.
 */
export const devOutbox = new Hono<AppEnv>()
  .use('/dev/*', developmentOnly)
  .get('/dev/outbox', async (c) =>
    htmlPage(c, <Outbox mails={await listOutbox(jobContext(c.env))} />),
  )
  .get('/dev/outbox.json', async (c) => c.json({ data: await listOutbox(jobContext(c.env)) }));

function Outbox({ mails }: { mails: OutboxMail[] }) {
  return (
    <SiteLayout title="Outbox" noindex>
      <Page title="Outbox" lead="Mails of this development machine. None of them was really sent.">
        {mails.length === 0 && (
          <Card flush>
            <EmptyState title="No mails yet" icon="mail">
              Sign up or ask for a new password, and the mail appears here.
            </EmptyState>
          </Card>
        )}
        {mails.map((mail) => (
          <Card
            title={mail.subject}
            description={`To ${mail.to}`}
            actions={
              <Badge tone={mail.state === 'sent' ? 'success' : 'neutral'}>{mail.state}</Badge>
            }
            footer={<DateTime value={mail.createdAt} timeZone="UTC" style="datetime" />}
          >
            <Stack>
              {mail.text.split('\n\n').map((paragraph) => (
                <Paragraph text={paragraph} />
              ))}
            </Stack>
          </Card>
        ))}
      </Page>
    </SiteLayout>
  );
}

function Paragraph({ text }: { text: string }) {
  const [, label, url] = /^(.+): (https?:\/\/\S+)$/.exec(text) ?? [];
  return <p>{label && url ? <Link href={url}>{label}</Link> : text}</p>;
}

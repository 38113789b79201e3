import { and, desc, eq, getTableColumns, lt, ne, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { outbox } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { system } from '../tenant.ts';
import {
  completed,
  renderMail,
  type Sender,
  type TemplateData,
  type TemplateName,
} from './templates.ts';

/** The company a mail of the outbox is about; null = none. */
export const senderOf = sql<Sender | null>`(
  select jsonb_build_object('name', c.name, 'slug', c.slug) from companies c where c.id = ${outbox.companyId}
)`.as('sender');

/** Mails that should have been tried half a minute ago: their queue message was lost. */
export async function findOverdueMails(ctx: Ctx): Promise<Id<'message'>[]> {
  const [rows] = await system(ctx).batch([
    ctx.db
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          eq(outbox.state, 'pending'),
          lt(outbox.nextAttemptAt, sql`now() - interval '30 seconds'`),
        ),
      )
      .orderBy(outbox.nextAttemptAt)
      .limit(100),
  ]);
  return rows.map(({ id }) => id);
}

/** Mails are not an archive: what was sent or given up is gone after 30 days. */
export async function deleteOldMails(ctx: Ctx): Promise<void> {
  await system(ctx).batch([
    ctx.db
      .delete(outbox)
      .where(
        and(ne(outbox.state, 'pending'), lt(outbox.createdAt, sql`now() - interval '30 days'`)),
      ),
  ]);
}

export interface OutboxMail {
  id: string;
  to: string;
  template: string;
  subject: string;
  text: string;
  data: Record<string, string>;
  state: string;
  createdAt: string;
}

/** The newest mails of everybody, for development only. */
export async function listOutbox(ctx: Ctx): Promise<OutboxMail[]> {
  const [rows] = await system(ctx).batch([
    ctx.db
      .select({ ...getTableColumns(outbox), sender: senderOf })
      .from(outbox)
      .orderBy(desc(outbox.createdAt), desc(outbox.id))
      .limit(200),
  ]);
  return rows.map(({ id, recipient, template, data: stored, sender, state, createdAt }) => {
    const name = template as TemplateName;
    const data = completed(stored, sender);
    const { subject, text } = renderMail(name, data as TemplateData<typeof name>, sender);
    return {
      id,
      to: recipient,
      template,
      subject,
      text,
      data,
      state,
      createdAt: createdAt.toISOString(),
    };
  });
}

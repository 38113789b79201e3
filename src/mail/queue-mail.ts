import { type SQL, sql } from 'drizzle-orm';
import { newId } from '#db/ids.ts';
import { outbox } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import type { TemplateData, TemplateName } from './templates.ts';

/**
 * A mail as a row of the outbox, for the batch that causes it: it is sent if and only if that commits, and unless its
 * recipients have had enough of them (db/sql/limit-mails.sql).
 * @param to an address, or SQL for one or several with `, ` between them
 * @param data what the template shows; links in it are complete addresses
 */
export function queueMail<T extends TemplateName>(
  ctx: Ctx,
  to: string | SQL<string>,
  template: T,
  data: TemplateData<T>,
) {
  const id = newId('message');
  ctx.due.mails.push(id);
  return ctx.db.insert(outbox).values({
    id,
    companyId: ctx.entry.kind === 'nobody' ? null : companyId(ctx),
    recipient: to,
    template,
    data: { ...data },
  });
}

/** Whether the outbox has taken the mail; if not, it is withheld. */
export function isQueued({ rowCount }: { rowCount: number }): boolean {
  return rowCount > 0;
}

/** To everybody who manages the company, in one mail. */
export const managers = sql<string>`managers()`;

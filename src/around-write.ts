import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Id } from '#db/ids.ts';
import type { Ctx, Guard } from './context.ts';

type Query = BatchItem<'pg'>;
export type Once = NonNullable<Guard['once']>;

/** What comes before and after the queries of a write, the deliveries it has caused last of all. */
export function aroundWrite(ctx: Ctx): [Query[], Query[]] {
  const first: Query[] = [];
  const last: Query[] = [];
  if (ctx.guard) {
    const { resource, etags, once } = ctx.guard;
    const now = ctx.now.toISOString();
    if (once) {
      const key = sql`${once.route}, ${once.key}, ${once.fingerprint}, ${now}`;
      first.push(ctx.db.execute(sql`select begin_idempotent(${key})`));
      last.push(ctx.db.execute(sql`select keep_answer(${key}, ${answerOf(resource)})`));
    }
    if (etags && resource !== 'answer') {
      const { kind, id } = resource;
      first.push(
        ctx.db.execute(sql`select expect_version(${kind}, ${id}, ${sql.param(etags)}::text[])`),
      );
    }
    ctx.guard = null;
  }
  return [first, [...last, ctx.db.execute(DUE)]];
}

/** What a write that has happened was answered with. */
export function keptAnswer({ db, now }: Ctx, { route, key, fingerprint }: Once): Query {
  return db.execute(sql`select answer from kept_write(${route}, ${key}, ${now.toISOString()})
    where fingerprint = ${fingerprint}`);
}

/** The snapshot that is kept of what was written; null where nothing was. */
function answerOf(resource: Guard['resource']): SQL {
  if (resource === 'answer') return sql`nullif(current_setting('app.answer', true), '')::jsonb`;
  const { id } = resource;
  switch (resource.kind) {
    case 'customer':
      return sql`customer_snapshot(${id}::text)`;
    case 'product':
      return sql`product_snapshot(${id})`;
    case 'order':
      return sql`order_snapshot(${id})`;
    case 'webhook':
      return sql`webhook_snapshot(${id})`;
  }
}

/** The deliveries a transaction has caused, asked last of all in it. */
export const DUE = sql`select due_deliveries() as due`;

/** Notes what `DUE` has answered. */
export function seeDue(ctx: Ctx, result: unknown): void {
  const due = (result as { rows: { due: Due }[] }).rows[0]?.due;
  if (!due) throw new Error('The database did not say what is due.');
  const { companyId, ids } = due;
  for (const deliveryId of ids ?? []) ctx.due.deliveries.push({ companyId, deliveryId });
}

type Due = { companyId: Id<'company'>; ids: Id<'delivery'>[] | null };

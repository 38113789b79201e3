import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch';
import type { Database } from '#db/client.ts';
import type { Id } from '#db/ids.ts';
import { aroundWrite, DUE, keptAnswer, type Once, seeDue } from './around-write.ts';
import {
  type ApiViewer,
  type Ctx,
  type CustomerViewer,
  type StaffViewer,
  type Store,
  storeOf,
} from './context.ts';
import { AppError, Replayed } from './lib/errors.ts';
import { customerRoles, type Permission, type Scope, staffRoles } from './permissions.ts';
import { isAnswered, refusal } from './refusal.ts';

type Query = BatchItem<'pg'>;
type Queries = readonly [Query, ...Query[]];

/**
 * The only door to a company's rows. One call is one round trip and one transaction: the database first checks who
 * asks and that they may (`permission`), then runs the queries with row-level security on the company entered.
 *
 * @param action names the audit entries this batch causes; unset, they are named after the change (`CustomerUpdated`),
 *   and `bulk` means the batch writes one entry for everything itself.
 * @throws AppError unauthorized, forbidden, conflict, plan_limit … as the database refused
 * @throws Replayed when `ctx.guard` says the write has happened already, after one more round trip
 */
export function tenant(ctx: Ctx, permission: Permission, action = '') {
  return {
    async batch<T extends Queries>(queries: T): Promise<BatchResponse<T>> {
      const once = ctx.guard?.once ?? null;
      const [first, last] = permission.endsWith(':read') ? [[], []] : aroundWrite(ctx);
      const [entered, ...results] = await run(ctx.db, [
        select(ctx.db, enter(ctx, permission, action), ctx.readsOnly ? READ_ONLY : sql.empty()),
        ...first,
        ...queries,
        ...last,
      ]).catch(async (error: unknown) => {
        throw once && isAnswered(error) ? await replayed(ctx, permission, once) : error;
      });
      see(ctx, entered);
      if (last.length > 0) seeDue(ctx, results.at(-1));
      return results.slice(first.length, first.length + queries.length) as BatchResponse<T>;
    },
    /**
     * The same for queries that read one table in the order of an index and stop: without statistics the planner would
     * rather read all there is, and sort it.
     */
    async inOrder<T extends Queries>(queries: T): Promise<BatchResponse<T>> {
      const [entered, ...results] = await run(ctx.db, [
        select(ctx.db, enter(ctx, permission, action), UNSORTED),
        ...queries,
      ]);
      see(ctx, entered);
      return results as BatchResponse<T>;
    },
  };
}

/** From here on: entering may extend the session, which is a write. */
const READ_ONLY = sql`, set_config('transaction_read_only', 'on', true)`;

/** Without JIT, because a sort that nothing can replace then seems so costly that the query would be compiled. */
const UNSORTED = sql`, set_config('enable_sort', 'off', true), set_config('jit', 'off', true)`;

/**
 * The answer is read by itself: the refusal that has aborted the write's batch is an error, and PostgreSQL logs those with
 * all they say.
 */
async function replayed(ctx: Ctx, permission: Permission, once: Once): Promise<Replayed> {
  const [entered, kept] = await run(ctx.db, [
    select(ctx.db, enter(ctx, permission, '')),
    keptAnswer(ctx, once),
  ]);
  see(ctx, entered);
  const [row] = (kept as { rows: { answer: unknown }[] }).rows;
  if (!row) throw new Error('What was kept a moment ago is gone.');
  return new Replayed(row.answer);
}

/**
 * Checks the viewer of a page that asks the database nothing else: one round trip.
 * @throws AppError unauthorized, forbidden
 */
export async function checkViewer(ctx: Ctx, permission: Permission): Promise<void> {
  const [entered] = await run(ctx.db, [select(ctx.db, enter(ctx, permission, ''))]);
  see(ctx, entered);
}

/**
 * Checks the key of an API request that ends before its batch, and nothing else: one round trip.
 * @param scope what it must allow; null = it only has to be valid
 * @throws AppError unauthorized, forbidden
 */
export async function checkApiKey(ctx: Ctx, scope: Scope | null): Promise<void> {
  if (ctx.entry.kind !== 'api_key') throw new Error('Not an API request.');
  const [entered] = await run(ctx.db, [
    select(ctx.db, enterApiKey(ctx, ctx.entry.hash, scope, '')),
  ]);
  see(ctx, entered);
}

/**
 * One round trip outside any company: for what is asked before one is known (log-in, links, sweeps).
 * @param actor who is acting, where that is a known person
 */
export function system(
  ctx: Ctx,
  action = '',
  actor: { id: Id<'user'>; name: string } | null = null,
) {
  return {
    async batch<T extends Queries>(queries: T): Promise<BatchResponse<T>> {
      const entered = select(
        ctx.db,
        sql`enter_system(${actor ? 'USER' : 'SYSTEM'}, ${actor?.id ?? null}, ${actor?.name ?? null}, ${action})`,
      );
      const [, ...results] = await run(ctx.db, [entered, ...queries]);
      return results as BatchResponse<T>;
    },
  };
}

/**
 * One round trip at a storefront, for somebody who is not signed in: what is needed to register, log in and follow
 * links. Row-level security is on, in the company the slug names.
 * @param actor who is acting, once that is known
 * @throws AppError not_found when there is no such store
 */
export function visit(
  ctx: Ctx,
  action = '',
  actor: { id: Id<'customer'> | Id<'contact'>; name?: string } | null = null,
) {
  return {
    async batch<T extends Queries>(queries: T): Promise<BatchResponse<T>> {
      if (ctx.entry.kind !== 'store') throw new Error('Not a visitor of a storefront.');
      const { slug } = ctx.entry;
      const entering = select(
        ctx.db,
        sql`enter_store(${slug}, ${actor?.id ?? null}, ${actor?.name ?? null}, ${action})`,
      );
      const results = await run(ctx.db, [entering, ...queries, ctx.db.execute(DUE)]);
      see(ctx, results[0]);
      seeDue(ctx, results.pop());
      return results.slice(1) as BatchResponse<T>;
    },
  };
}

/**
 * The store of a page that asks the database nothing else: one round trip.
 * @throws AppError not_found
 */
export async function findStore(ctx: Ctx): Promise<Store> {
  if (ctx.entry.kind !== 'store') throw new Error('Not a visitor of a storefront.');
  const { slug } = ctx.entry;
  const [entered] = await run(ctx.db, [select(ctx.db, sql`enter_store(${slug}, null, null, '')`)]);
  see(ctx, entered);
  return storeOf(ctx);
}

function enter(ctx: Ctx, permission: Permission, action: string): SQL {
  const { entry } = ctx;
  switch (entry.kind) {
    case 'staff': {
      const roles = sql.param([...staffRoles(permission)]);
      return sql`enter_staff(${entry.sessionId}, ${entry.companyId}, ${roles}::text[], ${ctx.now.toISOString()}, ${action})`;
    }
    case 'api_key':
      return enterApiKey(ctx, entry.hash, permission, action);
    case 'job':
      return sql`enter_company(${entry.companyId}, 'SYSTEM', null, ${entry.actor}, ${action})`;
    case 'customer': {
      const roles = sql.param([...customerRoles(permission)]);
      return sql`enter_customer(${entry.sessionId}, ${entry.slug}, ${roles}::text[], ${ctx.now.toISOString()}, ${action})`;
    }
    case 'store':
    case 'nobody':
      throw new AppError('unauthorized', 'Please log in.');
  }
}

function enterApiKey({ now }: Ctx, hash: string, scope: string | null, action: string): SQL {
  return sql`enter_api_key(${hash}, ${scope}, ${now.toISOString()}, ${action})`;
}

function select(db: Database, call: SQL, settings: SQL = sql.empty()): Query {
  return db.execute(sql`select ${call} as viewer${settings}`);
}

async function run(db: Database, queries: Query[]): Promise<unknown[]> {
  try {
    return await db.batch(queries as [Query, ...Query[]]);
  } catch (error) {
    throw refusal(error) ?? error;
  }
}

function see(ctx: Ctx, entered: unknown): void {
  const viewer = (entered as { rows: { viewer: unknown }[] }).rows[0]?.viewer;
  if (ctx.entry.kind === 'staff') ctx.staff = stillRenewed(viewer as StaffViewer, ctx.staff);
  if (ctx.entry.kind === 'store') ctx.store = viewer as Store;
  if (ctx.entry.kind === 'customer') {
    ctx.customer = stillRenewed(viewer as CustomerViewer, ctx.customer);
    ctx.store = ctx.customer;
  }
  if (ctx.entry.kind === 'api_key') ctx.api = viewer as ApiViewer;
}

/** Of a request with several batches, the first one extends the session. */
function stillRenewed<Viewer extends { renewed: boolean }>(viewer: Viewer, before: Viewer | null) {
  return { ...viewer, renewed: viewer.renewed || before?.renewed === true };
}

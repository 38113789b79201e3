import { NeonDbError } from '@neondatabase/serverless';
import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch';
import type { Database } from '#db/client.ts';
import type { Id } from '#db/ids.ts';
import type { ApiViewer, Ctx, StaffViewer } from './context.ts';
import { AppError, type ErrorCode } from './lib/errors.ts';
import { PERMISSIONS, type Permission, type Scope } from './permissions.ts';

type Query = BatchItem<'pg'>;
type Queries = readonly [Query, ...Query[]];

/**
 * The only door to a company's rows. One call is one round trip and one transaction: the database first checks who
 * asks and that they may (`permission`), then runs the queries with row-level security on the company entered.
 *
 * @param action names the audit entries this batch causes; unset, they are named after the change (`CustomerUpdated`),
 *   and `bulk` means the batch writes one entry for everything itself.
 * @throws AppError unauthorized, forbidden, conflict, plan_limit … as the database refused
 */
export function tenant(ctx: Ctx, permission: Permission, action = '') {
  return {
    async batch<T extends Queries>(queries: T): Promise<BatchResponse<T>> {
      const [entered, ...results] = await run(ctx.db, [enter(ctx, permission, action), ...queries]);
      see(ctx, (entered as { viewer: unknown }[])[0]?.viewer);
      return results as BatchResponse<T>;
    },
  };
}

/**
 * Checks the viewer of a page that asks the database nothing else: one round trip.
 * @throws AppError unauthorized, forbidden
 */
export async function checkViewer(ctx: Ctx, permission: Permission): Promise<void> {
  const [entered] = await run(ctx.db, [enter(ctx, permission, '')]);
  see(ctx, (entered as { viewer: unknown }[])[0]?.viewer);
}

/**
 * Checks the key of an API request that ends before its batch, and nothing else: one round trip.
 * @param scope what it must allow; null = it only has to be valid
 * @throws AppError unauthorized, forbidden
 */
export async function checkApiKey(ctx: Ctx, scope: Scope | null): Promise<void> {
  if (ctx.entry.kind !== 'api_key') throw new Error('Not an API request.');
  const [entered] = await run(ctx.db, [enterApiKey(ctx, ctx.entry.hash, scope, '')]);
  see(ctx, (entered as { viewer: unknown }[])[0]?.viewer);
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

function enter(ctx: Ctx, permission: Permission, action: string): Query {
  const { entry } = ctx;
  switch (entry.kind) {
    case 'staff': {
      const roles = sql.param([...PERMISSIONS[permission]]);
      return select(
        ctx.db,
        sql`enter_staff(${entry.sessionId}, ${entry.companyId}, ${roles}::text[], ${ctx.now.toISOString()}, ${action})`,
      );
    }
    case 'api_key':
      return enterApiKey(ctx, entry.hash, permission, action);
    case 'job':
      return select(
        ctx.db,
        sql`enter_company(${entry.companyId}, 'SYSTEM', null, ${entry.actor}, ${action})`,
      );
    case 'nobody':
      throw new AppError('unauthorized', 'Please log in.');
  }
}

function enterApiKey(ctx: Ctx, hash: string, scope: string | null, action: string): Query {
  const { now } = ctx;
  return select(ctx.db, sql`enter_api_key(${hash}, ${scope}, ${now.toISOString()}, ${action})`);
}

function select(db: Database, call: SQL): Query {
  return db.select({ viewer: call.as('viewer') }).from(sql`(values (1)) as once`);
}

async function run(db: Database, queries: Query[]): Promise<unknown[]> {
  try {
    return await db.batch(queries as [Query, ...Query[]]);
  } catch (error) {
    throw refusal(error) ?? error;
  }
}

const REFUSALS: Record<string, ErrorCode> = {
  DS401: 'unauthorized',
  DS403: 'forbidden',
  DS404: 'not_found',
  DS409: 'conflict',
  DS422: 'rule',
};

/** What a violated constraint means to the person who caused it. */
const CONSTRAINTS: Record<string, AppError['message']> = {
  customers_email_unique: 'A customer with this email already exists.',
  users_email_unique: 'An account with this email already exists.',
  companies_slug_unique: 'This slug is already taken.',
};

function refusal(error: unknown): AppError | null {
  const cause = error instanceof Error && error.cause instanceof NeonDbError ? error.cause : error;
  if (!(cause instanceof NeonDbError)) return null;
  if (cause.constraint === 'plan_customers') {
    return new AppError('plan_limit', "Your plan's customer limit has been reached.");
  }
  const code = REFUSALS[cause.code ?? ''];
  if (code) return new AppError(code, cause.message);
  const message = cause.code === '23505' ? CONSTRAINTS[cause.constraint ?? ''] : undefined;
  return message ? new AppError('conflict', message) : null;
}

function see(ctx: Ctx, viewer: unknown): void {
  if (ctx.entry.kind === 'staff') ctx.staff = viewer as StaffViewer;
  if (ctx.entry.kind === 'api_key') ctx.api = viewer as ApiViewer;
}

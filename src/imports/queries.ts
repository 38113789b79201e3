import { and, desc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { customers, importChanges, imports } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { tenant } from '../tenant.ts';

const importColumns = {
  id: imports.id,
  state: imports.state,
  fileName: imports.fileName,
  mapping: imports.mapping,
  created: imports.created,
  updated: imports.updated,
  unchanged: imports.unchanged,
  failure: imports.failure,
  undo: imports.undo,
  startedByName: imports.startedByName,
  createdAt: imports.createdAt,
  finishedAt: imports.finishedAt,
  keptUntil: imports.keptUntil,
};

export type Import = Pick<typeof imports.$inferSelect, keyof typeof importColumns>;

/** A customer an import created or updated; of an undone one, a customer that was kept because changed since. */
export interface ImportedCustomer {
  id: Id<'customer'>;
  email: string;
  name: string | null;
  created: boolean;
  /** Changed by somebody after the import: undoing would leave this one as it is. */
  changedSince: boolean;
}

const LISTED_IMPORTS = 20;
export const LISTED_CUSTOMERS = 50;

/** The newest imports of customers, for the upload page. */
export async function listImports(ctx: Ctx): Promise<Import[]> {
  const [rows] = await tenant(ctx, 'customers:write').batch([
    ctx.db
      .select(importColumns)
      .from(imports)
      .where(and(eq(imports.companyId, companyId(ctx)), eq(imports.kind, 'customers')))
      .orderBy(desc(imports.createdAt), desc(imports.id))
      .limit(LISTED_IMPORTS),
  ]);
  return rows;
}

/**
 * One import and the first customers it changed, those changed since before the others.
 * @throws AppError not_found
 */
export async function getImport(
  ctx: Ctx,
  id: Id<'import'>,
): Promise<{ record: Import; changed: ImportedCustomer[]; changedSince: number }> {
  // Each change looks its customer up by the key, whatever the planner knows of a company that was just filled: `limit`
  // keeps it from joining the whole list instead.
  const customer = ctx.db
    .select({
      id: customers.id,
      email: customers.email,
      name: customers.name,
      version: customers.version,
    })
    .from(customers)
    .where(and(eq(customers.companyId, companyId(ctx)), eq(customers.id, importChanges.entityId)))
    .limit(1)
    .as('customer');
  const changedSince = sql<boolean>`${customer.version} <> ${importChanges.version}`;
  const ofImport = and(eq(importChanges.companyId, companyId(ctx)), eq(importChanges.importId, id));
  const [rows, changed, [counted]] = await tenant(ctx, 'customers:write').batch([
    importById(ctx, id),
    ctx.db
      .select({
        id: customer.id,
        email: customer.email,
        name: customer.name,
        created: sql<boolean>`${importChanges.before} is null`.as('created'),
        changedSince: changedSince.as('changed_since'),
      })
      .from(importChanges)
      .innerJoinLateral(customer, sql`true`)
      .where(ofImport)
      .orderBy(desc(changedSince), customer.email)
      .limit(LISTED_CUSTOMERS),
    ctx.db
      .select({
        changedSince: sql<number>`(count(*) filter (where ${changedSince}))::int`.as('n'),
      })
      .from(importChanges)
      .innerJoinLateral(customer, sql`true`)
      .where(ofImport),
  ]);
  return { record: foundImport(rows[0]), changed, changedSince: counted?.changedSince ?? 0 };
}

export function importById(ctx: Ctx, id: Id<'import'>) {
  return ctx.db.select(importColumns).from(imports).where(thisImport(ctx, id));
}

export function thisImport(ctx: Ctx, id: Id<'import'>) {
  return and(eq(imports.companyId, companyId(ctx)), eq(imports.id, id));
}

export function foundImport(record: Import | undefined): Import {
  if (!record) throw new AppError('not_found', 'Import not found.');
  return record;
}

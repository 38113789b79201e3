import { and, asc, eq } from 'drizzle-orm';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import {
  auditEntries,
  customers,
  products,
  stockLevels,
  stockMovements,
} from '#db/schema/index.ts';
import { itsStock } from '#src/catalog/queries.ts';
import { type Ctx, companyId } from '#src/context.ts';
import { applyImport } from '#src/imports/apply-import.ts';
import { customerImport } from '#src/imports/customer-import.ts';
import type { ImportDescription, ImportKind } from '#src/imports/import-description.ts';
import type { ImportMapping } from '#src/imports/import-mapping.ts';
import { stageImport } from '#src/imports/stage-import.ts';
import { startImport } from '#src/imports/start-import.ts';
import type { UploadStore } from '#src/imports/upload-store.ts';
import { tenant } from '#src/tenant.ts';
import { as, context } from './context.ts';

/** A bucket in memory, as the verbs see R2. */
export class MemoryStore implements UploadStore {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();

  async put(key: string, bytes: Uint8Array) {
    this.files.set(key, new Uint8Array(bytes));
  }

  async get(key: string) {
    const bytes = this.files.get(key);
    return bytes ? { arrayBuffer: async () => bytes.buffer } : null;
  }

  async delete(keys: string[]) {
    for (const key of keys) this.files.delete(key);
  }
}

/** A request as the queue's consumer makes it. */
export function job(company: CompanyFixture, overrides: Partial<Ctx> = {}): Ctx {
  return context({ kind: 'job', companyId: company.id, actor: 'Customer import' }, overrides);
}

export async function stage(
  ctx: Ctx,
  store: UploadStore,
  csv: string,
  kind: ImportKind = customerImport,
): Promise<Id<'import'>> {
  const file = { name: `${kind.kind}.csv`, bytes: new TextEncoder().encode(csv) };
  const staged = await stageImport(ctx, kind, store, file);
  if (!staged.ok) throw new Error(staged.message);
  return staged.id;
}

/** Uploads, confirms and runs an import of customers, all as the company's owner. */
export async function importCsv(
  company: CompanyFixture,
  csv: string,
  mapping: ImportMapping = {},
  store = new MemoryStore(),
): Promise<Id<'import'>> {
  return runImport(company, customerImport, csv, mapping, store);
}

/** Uploads, confirms and runs an import of any kind. */
export async function runImport<Values extends object>(
  company: CompanyFixture,
  description: ImportDescription<Values>,
  csv: string,
  mapping: ImportMapping = {},
  store = new MemoryStore(),
): Promise<Id<'import'>> {
  const id = await stage(as(company, 'OWNER'), store, csv, description);
  await startImport(as(company, 'OWNER'), description, id, mapping);
  await applyImport(job(company), description, store, id);
  return id;
}

/** All customers of the company in the order of their emails, without what differs from run to run. */
export async function customersOf(ctx: Ctx) {
  const [rows] = await tenant(ctx, 'customers:read').batch([
    ctx.db
      .select({
        email: customers.email,
        name: customers.name,
        status: customers.status,
        notes: customers.notes,
        creditLimitCents: customers.creditLimitCents,
        nameKey: customers.nameKey,
        searchKey: customers.searchKey,
        version: customers.version,
      })
      .from(customers)
      .where(eq(customers.companyId, companyId(ctx)))
      .orderBy(asc(customers.email)),
  ]);
  return rows;
}

/** All products of the company in the order of their SKUs, without what differs from run to run but their ids. */
export async function productsOf(ctx: Ctx) {
  const [rows] = await tenant(ctx, 'products:read').batch([
    ctx.db
      .select({
        id: products.id,
        sku: products.sku,
        name: products.name,
        description: products.description,
        category: products.category,
        unit: products.unit,
        priceCents: products.priceCents,
        stock: stockLevels.onHand,
        active: products.active,
        imageId: products.imageId,
        lowStockThreshold: products.lowStockThreshold,
        nameKey: products.nameKey,
        searchKey: products.searchKey,
        version: products.version,
      })
      .from(products)
      .innerJoin(stockLevels, itsStock)
      .where(eq(products.companyId, companyId(ctx)))
      .orderBy(asc(products.sku)),
  ]);
  return rows;
}

/** How an import moved stock, by SKU and then in time. */
export async function movementsOf(ctx: Ctx, id: Id<'import'>) {
  const [rows] = await tenant(ctx, 'products:read').batch([
    ctx.db
      .select({ sku: products.sku, delta: stockMovements.delta, reason: stockMovements.reason })
      .from(stockMovements)
      .innerJoin(products, eq(products.id, stockMovements.productId))
      .where(and(eq(stockMovements.companyId, companyId(ctx)), eq(stockMovements.reference, id)))
      .orderBy(asc(products.sku), asc(stockMovements.id)),
  ]);
  return rows;
}

export async function auditOf(ctx: Ctx) {
  const [entries] = await tenant(ctx, 'audit:read').batch([
    ctx.db.select().from(auditEntries).orderBy(asc(auditEntries.id)),
  ]);
  return entries;
}

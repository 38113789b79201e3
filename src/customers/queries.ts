import { type SQL, and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { prepared } from '#db/prepared.ts';
import { customers } from '#db/schema/index.ts';
import { type Ctx, companyId, ENTERED } from '../context.ts';
import { type Position, decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { AppError } from '../lib/errors.ts';
import { isStorable, UNSTORABLE } from '../lib/fields.ts';
import { isIsoMoment } from '../lib/iso-moment.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import type { CustomerOut, CustomerSort, CustomerStatus } from './schema.ts';

/** The columns anyone is shown; the rest is secret or derived. */
export const customerColumns = {
  id: customers.id,
  email: customers.email,
  name: customers.name,
  status: customers.status,
  notes: customers.notes,
  creditLimitCents: customers.creditLimitCents,
  taxRateOverridePpm: customers.taxRateOverridePpm,
  emailVerified: customers.emailVerified,
  version: customers.version,
  createdAt: customers.createdAt,
  updatedAt: customers.updatedAt,
};

export type Customer = {
  id: Id<'customer'>;
  email: string;
  name: string | null;
  status: CustomerStatus;
  notes: string | null;
  creditLimitCents: number | null;
  taxRateOverridePpm: number | null;
  emailVerified: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

/** The row as the API promises it: decimals, fractions and ISO times. */
export function customerOut(row: Customer): CustomerOut {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    status: row.status,
    notes: row.notes,
    creditLimit: row.creditLimitCents === null ? null : row.creditLimitCents / 100,
    taxRateOverride: row.taxRateOverridePpm === null ? null : row.taxRateOverridePpm / 1_000_000,
    emailVerified: row.emailVerified,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const SORT_COLUMNS = {
  created: customers.createdAt,
  name: customers.nameKey,
  email: customers.email,
};

export interface CustomerListInput {
  /** Rows at most; one more is read, to know whether there are more. */
  limit: number;
  status?: CustomerStatus | undefined;
  /** Case-insensitive substring of email or name. */
  search?: string | undefined;
  sort: CustomerSort;
  descending: boolean;
  /** Where the page starts, from an earlier page of the same sort. */
  cursor?: string | undefined;
  /** The page that ends before `cursor` instead of the one after it. */
  backwards?: boolean;
}

/**
 * One page of the company's customers; rows inserted meanwhile are never skipped or repeated.
 * @throws AppError validation `Invalid cursor.`
 */
export async function listCustomers(ctx: Ctx, input: CustomerListInput): Promise<Page<Customer>> {
  const { where, orderBy, limit } = customerPage(ctx, input);
  const [rows] = await tenant(ctx, 'customers:read').batch([
    ctx.db
      .select({ ...customerColumns, nameKey: customers.nameKey })
      .from(customers)
      .where(where)
      .orderBy(...orderBy)
      .limit(limit),
  ]);
  return pageOf(rows, input);
}

/** Which rows are on the page, for any query on customers. */
export function customerPage(ctx: Ctx, input: CustomerListInput) {
  const descending = input.descending !== (input.backwards ?? false);
  const order = descending ? desc : asc;
  const column = SORT_COLUMNS[input.sort];
  const start = positionOf(input);
  const search = input.search?.trim().toLowerCase();
  if (search && !isStorable(search)) throw new AppError('validation', UNSTORABLE);
  const matches =
    search &&
    sql`${customers.id} in (select search_customers(${search}, ${input.status ?? null}, ${input.sort}, ${descending},
      ${start?.key ?? null}, ${start?.id ?? null}, ${input.limit + 1}))`;
  return {
    where: and(
      eq(customers.companyId, companyId(ctx)),
      matches || undefined,
      input.status && eq(customers.status, input.status),
      start && beyond(column, start, descending),
    ),
    orderBy: [order(column), order(customers.id)],
    limit: input.limit + 1,
  };
}

/** What a cursor is made of. */
type Positioned = Pick<typeof customers.$inferSelect, 'id' | 'email' | 'nameKey' | 'createdAt'>;

/** The page the rows of a `customerPage` query make. */
export function pageOf<Row extends Positioned>(rows: Row[], input: CustomerListInput): Page<Row> {
  const { sort } = input;
  return pageFrom(rows, input, (row) =>
    encodeCursor({ sort, key: sortKey(row, sort), id: row.id }),
  );
}

function sortKey(row: Positioned, sort: CustomerSort): string {
  switch (sort) {
    case 'created':
      return row.createdAt.toISOString();
    case 'name':
      return row.nameKey;
    case 'email':
      return row.email;
  }
}

function positionOf({ cursor, sort }: CustomerListInput): Position | undefined {
  if (cursor === undefined) return undefined;
  const position = customerPosition(cursor, sort);
  if (!position) throw new AppError('validation', 'Invalid cursor.');
  return position;
}

/** Where a cursor of this sort points to, or null when it is none of ours. */
export function customerPosition(cursor: string, sort: CustomerSort): Position | null {
  const position = decodeCursor(cursor);
  const valid =
    position?.sort === sort &&
    isStorable(position.key + position.id) &&
    (sort !== 'created' || isIsoMoment(position.key));
  return valid ? position : null;
}

function beyond(
  column: (typeof SORT_COLUMNS)[CustomerSort],
  start: { key: string; id: string },
  descending: boolean,
): SQL {
  return sql`(${column}, ${customers.id}) ${sql.raw(descending ? '<' : '>')} (${start.key}, ${start.id})`;
}

/** @throws AppError not_found */
export async function getCustomer(ctx: Ctx, id: Id<'customer'>): Promise<Customer> {
  const [rows] = await tenant(ctx, 'customers:read').batch([customerById(ctx, id)]);
  return found(rows[0]);
}

const byId = prepared((db) =>
  db
    .select(customerColumns)
    .from(customers)
    .where(and(eq(customers.companyId, ENTERED), eq(customers.id, sql.placeholder('id')))),
);

export function customerById(ctx: Ctx, id: Id<'customer'>) {
  return byId(ctx.db, { id });
}

export function found(customer: Customer | undefined): Customer {
  if (!customer) throw new AppError('not_found', 'Customer not found.');
  return customer;
}

import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { prepared } from '#db/prepared.ts';
import { customers } from '#db/schema/index.ts';
import { type Ctx, ENTERED } from '../context.ts';
import { type Position, decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { AppError } from '../lib/errors.ts';
import { isStorable, UNSTORABLE } from '../lib/fields.ts';
import { isIsoMoment } from '../lib/iso-moment.ts';
import { asTable, ID_OF_PAGE, lookedUp, pageOfIds } from '../lib/looked-up.ts';
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

interface CustomerListInput {
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
  const page = customerPage(input);
  const door = tenant(ctx, 'customers:read');
  const queries = [listed(ctx.db, page.values, page)] as const;
  const [rows] = await (page.isSearch ? door.batch(queries) : door.inOrder(queries));
  return pageOf(rows, input);
}

const listed = prepared((db, { from, where, orderBy, limit }: CustomerPage) =>
  db
    .select({ ...customerColumns, nameKey: customers.nameKey })
    .from(from)
    .where(where)
    .orderBy(...orderBy)
    .limit(limit),
);

export type CustomerPage = ReturnType<typeof customerPage>;

/** Which rows are on the page, for any prepared query on customers. */
export function customerPage(input: CustomerListInput) {
  const descending = input.descending !== (input.backwards ?? false);
  const order = descending ? desc : asc;
  const column = SORT_COLUMNS[input.sort];
  const start = positionOf(input);
  const search = input.search?.trim().toLowerCase() || null;
  if (search && !isStorable(search)) throw new AppError('validation', UNSTORABLE);
  const values = {
    status: input.status ?? null,
    search,
    key: start?.key ?? null,
    id: start?.id ?? null,
    limit: input.limit + 1,
  };
  const value = (name: keyof typeof values) => sql.placeholder(name);
  const matches = sql`search_customers(${value('search')}, ${value('status')}, ${input.sort}, ${descending},
    ${value('key')}, ${value('id')}, ${value('limit')})`;
  const beyond = sql`(${column}, ${customers.id}) ${sql.raw(descending ? '<' : '>')} (${value('key')}, ${value('id')})`;
  const given = Object.values(values).map((each) => each !== null);
  return {
    shape: [input.sort, descending, ...given].join(),
    values,
    isSearch: search !== null,
    from: search ? customersOfPage(matches) : allCustomers,
    where: and(
      eq(customers.companyId, ENTERED),
      input.status && eq(customers.status, value('status')),
      start && beyond,
    ),
    orderBy: [order(column), order(customers.id)],
    limit: value('limit'),
  };
}

const allCustomers = asTable(customers, sql`select * from ${customers}`);

/** The customers of these ids, each looked up by its key. */
export function customersOfPage(ids: SQL) {
  const key = and(eq(customers.companyId, ENTERED), eq(customers.id, ID_OF_PAGE));
  return asTable(
    customers,
    sql`select ${customers}.* from ${pageOfIds(ids)} cross join lateral ${lookedUp(customers, key)}`,
  );
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

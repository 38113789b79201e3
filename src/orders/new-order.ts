import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { BatchResponse } from 'drizzle-orm/batch';
import type { Id } from '#db/ids.ts';
import { companies, customers, products } from '#db/schema/index.ts';
import { type Address, addressesOf } from '../addresses/queries.ts';
import { isNear, PLACE_OF_PAGE, productsFound } from '../catalog/find-products.ts';
import { productOfPage, stockOfProduct } from '../catalog/queries.ts';
import { type OfferedProduct, offeredColumns, ownPrice } from '../catalog/store-price.ts';
import { type Ctx, companyId } from '../context.ts';
import {
  type Customer,
  customerById,
  customerColumns,
  customersOfPage,
} from '../customers/queries.ts';
import { pageOfIds } from '../lib/looked-up.ts';
import { tenant } from '../tenant.ts';
import type { OrderDraft } from './order-draft.ts';
import {
  draftFrom,
  openedDraft,
  type OpenedDraft,
  type SavedDraft,
  savedDraft,
} from './saved-draft.ts';

interface DraftTotals {
  subtotalCents: number;
  taxRatePpm: number;
  taxCents: number;
  shippingCents: number;
  totalCents: number;
}

export interface NewOrder {
  /** What its lines name, as far as it is still there. */
  products: Map<Id<'product'>, OfferedProduct>;
  totals: DraftTotals;
  customer: Customer | null;
  addresses: Address[];
  /** What is offered to be added: what is looked for, or else what is often bought. */
  foundProducts: OfferedProduct[];
  /** What is found only looks like the text: nothing has all words of it. */
  isNear: boolean;
  foundCustomers: Customer[];
}

/** The draft as it is opened again, with the customer whom another page wants to order for. */
export type OpenedOrder = NewOrder & OpenedDraft & { wanted: Customer | null };

const FOUND = 8;

/**
 * Opens the person's draft with all that its page shows, at today's prices and stock.
 * @param wanted whose order it should be; a draft that holds lines or texts keeps its customer
 */
export async function openNewOrder(ctx: Ctx, wanted: Id<'customer'> | null): Promise<OpenedOrder> {
  const [[opened], asked, ...known] = await tenant(ctx, 'orders:write').batch([
    openedDraft(ctx, wanted),
    customerById(ctx, wanted ?? NOBODY),
    ...shownWith(ctx, { findProduct: '', findCustomer: '' }),
  ]);
  if (!opened) throw new Error('The database did not open the draft.');
  return { ...newOrderFrom(known, ''), ...draftFrom(opened.row), wanted: asked[0] ?? null };
}

/** Saves the draft and gives all that its page shows. */
export async function saveNewOrder(
  ctx: Ctx,
  draft: OrderDraft,
): Promise<NewOrder & { saved: SavedDraft }> {
  const [[saved], ...known] = await tenant(ctx, 'orders:write').batch([
    savedDraft(ctx, draft),
    ...shownWith(ctx, draft),
  ]);
  if (!saved) throw new Error('The database did not say what became of the draft.');
  return { ...newOrderFrom(known, draft.findProduct), saved: saved.row };
}

/** An id that no row has. */
const NOBODY: Id<'customer'> = 'cus_';

/** Whom the draft is for, and its lines, as the batch's first statement has put them into settings. */
const customerId: SQL<Id<'customer'>> = sql`nullif(current_setting('app.draft_customer'), '')`;
const LINES = sql`current_setting('app.draft_lines')::jsonb`;

function shownWith(ctx: Ctx, { findProduct, findCustomer }: Looked) {
  return [
    offered(ctx, pageOfIds(sql`jsonb_array_elements(${LINES}) ->> 'productId'`)),
    totalsOf(ctx),
    findProduct === ''
      ? offered(ctx, pageOfIds(POPULAR))
      : offered(
          ctx,
          productsFound({ text: findProduct, customer: customerId, limit: FOUND }),
          PLACE_OF_PAGE,
        ),
    ctx.db
      .select(customerColumns)
      .from(customers)
      .where(and(eq(customers.companyId, companyId(ctx)), eq(customers.id, customerId))),
    addressesOf(ctx, customerId),
    customersLike(ctx, findCustomer.toLowerCase()),
  ] as const;
}

type Looked = Pick<OrderDraft, 'findProduct' | 'findCustomer'>;
type Known = BatchResponse<ReturnType<typeof shownWith>>;

function newOrderFrom(known: Known, findProduct: string): NewOrder {
  const [chosen, [summed], foundProducts, [customer], addresses, foundCustomers] = known;
  if (!summed) throw new Error('The database did not say what the order comes to.');
  return {
    products: new Map(chosen.map((product) => [product.id, product])),
    totals: summed.totals,
    customer: customer ?? null,
    addresses,
    foundProducts,
    isNear: findProduct !== '' && isNear(foundProducts[0]?.place),
    foundCustomers,
  };
}

const POPULAR = sql`product_page(null, null, null, false, ${customerId}, 'popular', true, null, null, ${FOUND})`;

/** The products of a page, by name or by what else it is ordered by. */
function offered(
  ctx: Ctx,
  page: ReturnType<typeof pageOfIds | typeof productsFound>,
  key: SQL = sql`${products.nameKey}`,
) {
  return ctx.db
    .select({ ...offeredColumns, place: sql<string>`${key}` })
    .from(page)
    .innerJoinLateral(productOfPage(ctx), sql`true`)
    .innerJoinLateral(stockOfProduct, sql`true`)
    .leftJoinLateral(ownPrice(customerId), sql`true`)
    .orderBy(key, products.id);
}

/** What `place_order` would make of the lines that can be counted (db/sql/order-totals.sql). */
function totalsOf(ctx: Ctx) {
  const company = companyId(ctx);
  return ctx.db
    .select({
      totals: sql<DraftTotals>`(
        select jsonb_build_object('subtotalCents', s.subtotal, 'taxRatePpm', r.rate, 'taxCents', t.tax,
          'shippingCents', t.shipping, 'totalCents', t.total)
        from (
          select coalesce(sum(l.units * coalesce(o.price_cents, p.price_cents)), 0)::bigint as subtotal
          from jsonb_to_recordset(${LINES}) as l ("productId" text, units bigint)
          join products p on p.company_id = ${company} and p.id = l."productId"
          left join price_overrides o
            on o.company_id = ${company} and o.customer_id = ${customerId} and o.product_id = p.id
        ) s,
        (select coalesce(${customers.taxRateOverridePpm}, ${companies.taxRatePpm}) as rate) r,
        order_totals(s.subtotal, r.rate, ${companies.shippingCents}, ${companies.freeShippingFromCents}) t
      )`.as('totals'),
    })
    .from(companies)
    .leftJoin(customers, and(eq(customers.companyId, companies.id), eq(customers.id, customerId)))
    .where(eq(companies.id, company));
}

function customersLike(ctx: Ctx, text: string) {
  const page = sql`search_customers(${text}, null, 'name', false, null, null, ${text === '' ? 0 : FOUND})`;
  return ctx.db
    .select(customerColumns)
    .from(customersOfPage(page))
    .orderBy(customers.nameKey, customers.id);
}

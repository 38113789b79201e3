import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { companies, customers, products } from '#db/schema/index.ts';
import { type Address, addressesOf } from '../addresses/queries.ts';
import { PLACE_OF_PAGE, productsFound } from '../catalog/find-products.ts';
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
import { type OrderDraft, quantityOf } from './order-draft.ts';

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
  foundCustomers: Customer[];
}

const FOUND = 8;

/** All that the page of an order in the making shows. */
export async function getNewOrder(ctx: Ctx, draft: OrderDraft): Promise<NewOrder> {
  const { customerId, findProduct, findCustomer } = draft;
  // An id that no row has.
  const customer = customerId ?? ('cus_' as const);
  const ids = draft.lines.map(({ productId }) => productId);
  const [chosen, [summed], foundProducts, customerRows, addresses, foundCustomers] = await tenant(
    ctx,
    'orders:write',
  ).batch([
    offered(ctx, customer, pageOfIds(sql`unnest(${sql.param(ids)}::text[])`)),
    totalsOf(ctx, draft, customer),
    findProduct === ''
      ? offered(ctx, customer, pageOfIds(popular(customerId)))
      : offered(
          ctx,
          customer,
          productsFound({ text: findProduct, customer: customerId, limit: FOUND }),
          PLACE_OF_PAGE,
        ),
    customerById(ctx, customer),
    addressesOf(ctx, customer),
    customersLike(ctx, findCustomer.toLowerCase()),
  ]);
  if (!summed) throw new Error('The database did not say what the order comes to.');
  return {
    products: new Map(chosen.map((product) => [product.id, product])),
    totals: summed.totals,
    customer: customerRows[0] ?? null,
    addresses,
    foundProducts,
    foundCustomers,
  };
}

function popular(customer: Id<'customer'> | null): SQL {
  return sql`product_page(null, null, null, false, ${customer}, 'popular', true, null, null, ${FOUND})`;
}

/** The products of a page, by name or by what else it is ordered by. */
function offered(
  ctx: Ctx,
  customer: Id<'customer'>,
  page: ReturnType<typeof pageOfIds | typeof productsFound>,
  key: SQL = sql`${products.nameKey}`,
) {
  return ctx.db
    .select(offeredColumns)
    .from(page)
    .innerJoinLateral(productOfPage(ctx), sql`true`)
    .innerJoinLateral(stockOfProduct, sql`true`)
    .leftJoinLateral(ownPrice(customer), sql`true`)
    .orderBy(key, products.id);
}

/** What `place_order` would make of the lines that can be counted (db/sql/order-totals.sql). */
function totalsOf(ctx: Ctx, { lines }: OrderDraft, customer: Id<'customer'>) {
  const counted = lines.flatMap((line) => {
    const quantity = quantityOf(line);
    return quantity === null ? [] : [{ productId: line.productId, quantity }];
  });
  const company = companyId(ctx);
  return ctx.db
    .select({
      totals: sql<DraftTotals>`(
        select jsonb_build_object('subtotalCents', s.subtotal, 'taxRatePpm', r.rate, 'taxCents', t.tax,
          'shippingCents', t.shipping, 'totalCents', t.total)
        from (
          select coalesce(sum(l.quantity * coalesce(o.price_cents, p.price_cents)), 0)::bigint as subtotal
          from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as l ("productId" text, quantity bigint)
          join products p on p.company_id = ${company} and p.id = l."productId"
          left join price_overrides o
            on o.company_id = ${company} and o.customer_id = ${customer} and o.product_id = p.id
        ) s,
        (select coalesce(${customers.taxRateOverridePpm}, ${companies.taxRatePpm}) as rate) r,
        order_totals(s.subtotal, r.rate, ${companies.shippingCents}, ${companies.freeShippingFromCents}) t
      )`.as('totals'),
    })
    .from(companies)
    .leftJoin(customers, and(eq(customers.companyId, companies.id), eq(customers.id, customer)))
    .where(eq(companies.id, company));
}

function customersLike(ctx: Ctx, text: string) {
  const page = sql`search_customers(${text}, null, 'name', false, null, null, ${text === '' ? 0 : FOUND})`;
  return ctx.db
    .select(customerColumns)
    .from(customersOfPage(page))
    .orderBy(customers.nameKey, customers.id);
}

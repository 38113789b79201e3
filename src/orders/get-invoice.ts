import { eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { companies } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { tenant } from '../tenant.ts';
import { type Invoice, invoiceOf } from './invoice.ts';
import { foundOrder, linesOf, orderById } from './queries.ts';
import { orderPermission } from './whose-orders.ts';

/**
 * What an order's invoice says: to the staff, any; to a customer's people, their own.
 * @throws AppError not_found
 */
export async function getInvoice(ctx: Ctx, id: Id<'order'>): Promise<Invoice> {
  const [rows, lines, [company]] = await tenant(ctx, orderPermission(ctx, 'read')).batch([
    orderById(ctx, id),
    linesOf(ctx, id),
    ctx.db
      .select({
        name: companies.name,
        timeZone: companies.timeZone,
        paperSize: companies.paperSize,
        invoiceDetails: companies.invoiceDetails,
      })
      .from(companies)
      .where(eq(companies.id, companyId(ctx))),
  ]);
  if (!company) throw new Error('The company is gone.');
  return invoiceOf(company, foundOrder(rows[0]), lines);
}

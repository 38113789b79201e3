import type { Context } from 'hono';
import { type Invoice, invoiceFilename } from '#src/orders/invoice.ts';
import type { AppEnv } from '../app-env.ts';
import { assetFonts } from './asset-fonts.ts';

/** Answers with an order's invoice, for the browser to show, print or save. */
export async function invoiceResponse(c: Context<AppEnv>, invoice: Invoice): Promise<Response> {
  // Evaluated when the first invoice is asked for: a Worker starts without it.
  const { invoicePdf } = await import('./invoice-pdf.ts');
  const pdf = await invoicePdf(invoice, assetFonts(c.env.ASSETS));
  return c.body(pdf, 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `inline; filename="${invoiceFilename(invoice.id)}"`,
    'Content-Length': String(pdf.byteLength),
    'Cache-Control': 'private, no-store',
  });
}

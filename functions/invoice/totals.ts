import { percentFromPpm } from '#src/companies/tax-rate.ts';
import { formatMoney } from '#src/lib/money.ts';
import type { Invoice } from '#src/orders/invoice.ts';
import type { Canvas } from './canvas.ts';
import type { Block } from './paginate.ts';
import { STYLES } from './sheet.ts';
import { lineHeight, type Style } from './typesetter.ts';

const ABOVE = 8;
const PADDING = 3;
const WIDTH = 230;

/** What it comes to. The sums are the order's own: nothing is computed again. */
export function totals(canvas: Canvas, invoice: Invoice): Block {
  const { right } = canvas.sheet;
  const money = (cents: number) => formatMoney(cents, invoice.currency);
  const entry = (label: string, cents: number, name: Style, figure: Style) => ({
    label: canvas.type.line(label, name),
    amount: canvas.type.line(money(cents), figure),
    height: lineHeight(figure) + 2 * PADDING,
  });
  const { muted, text, total } = STYLES;
  const sums = [
    entry('Subtotal', invoice.subtotalCents, muted, text),
    entry(`Tax (${percentFromPpm(invoice.taxRatePpm)}%)`, invoice.taxCents, muted, text),
    entry('Shipping', invoice.shippingCents, muted, text),
  ];
  const sum = entry('Total', invoice.totalCents, total, total);
  const left = right - Math.max(WIDTH, sum.label.width + sum.amount.width + 24);
  const all = [...sums, sum];
  return {
    height: ABOVE + all.reduce((height, each) => height + each.height, PADDING),
    draw: (top) => {
      let y = top + ABOVE;
      for (const { label, amount, height } of all) {
        if (label === sum.label) {
          canvas.rule(y, undefined, left);
          y += PADDING;
        }
        const at = y + PADDING;
        canvas.tagged('P', () => {
          canvas.lines([label], left, at);
          canvas.lines([amount], right, at, 'right');
        });
        y += height;
      }
    },
  };
}

import { countOf, formatNumber } from '#src/lib/format-number.ts';
import { formatMoney, formatMoneyShort } from '#src/lib/money.ts';
import type { DaySales } from '#src/reports/daily-sales.ts';
import { Card } from '../../views/card.tsx';
import { BarChart } from '../../views/chart.tsx';
import { formatDateTime } from '../../views/date-time.tsx';
import { Stat, Stats } from '../../views/stat.tsx';

type Props = { days: DaySales[]; currency: string };

/** Today in figures, beside the month it ends. */
export function SalesFigures({ days, currency }: Props) {
  const today = days.at(-1);
  const month = total(days);
  return (
    <Stats>
      <Stat label="Orders today">{formatNumber(today?.orders ?? 0)}</Stat>
      <Stat label="Revenue today">{formatMoney(today?.cents ?? 0, currency)}</Stat>
      <Stat label="Orders in 30 days">{formatNumber(month.orders)}</Stat>
      <Stat label="Revenue in 30 days">{formatMoney(month.cents, currency)}</Stat>
    </Stats>
  );
}

export function SalesChart({ days, currency }: Props) {
  const { cents, orders } = total(days);
  return (
    <Card title="Revenue" description="The last 30 days, without cancelled orders.">
      <BarChart
        title={`Revenue of the last 30 days: ${formatMoney(cents, currency)} from ${countOf(orders, 'order')}`}
        headers={['Day', 'Revenue', 'Orders']}
        format={(value) => formatMoneyShort(value, currency)}
        bars={days.map((day) => ({
          // A day is a day, wherever one reads it.
          label: formatDateTime(new Date(`${day.day}T12:00:00Z`), 'UTC', 'date').replace(
            /, \d+$/,
            '',
          ),
          value: day.cents,
          text: formatMoney(day.cents, currency),
          note: countOf(day.orders, 'order'),
        }))}
      />
    </Card>
  );
}

function total(days: readonly DaySales[]): { orders: number; cents: number } {
  return days.reduce(
    (sum, { orders, cents }) => ({ orders: sum.orders + orders, cents: sum.cents + cents }),
    { orders: 0, cents: 0 },
  );
}

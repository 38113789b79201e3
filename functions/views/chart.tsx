import { scaleBand, scaleLinear } from 'd3-scale';
import { Disclosure } from './disclosure.tsx';
import { Table } from './table.tsx';

type ChartBar = {
  /** Below the bar, and in the table: `Nov 21`. */
  label: string;
  value: number;
  /** The value for people: `$1,200.50`. */
  text: string;
  /** More about it for the table: `12 orders`. */
  note: string;
};

type BarChartProps = {
  /** Says what is shown, with its gist, to those who cannot see it. */
  title: string;
  bars: readonly ChartBar[];
  /** A value beside the axis, in a few letters: `$4K`. */
  format: (value: number) => string;
  /** The table's columns: what the bars are of, what they measure, and the note. */
  headers: readonly [string, string, string];
};

const HEIGHT = 180;
const TOP = 8;
const BOTTOM = 24;

/** One bar a day or other step, drawn on the server: as wide as there is room, its letters always of one size. */
export function BarChart({ title, bars, format, headers }: BarChartProps) {
  const x = scaleBand<number>()
    .domain(bars.map((_, index) => index))
    .range([0, 100])
    .paddingInner(0.3);
  const most = Math.max(...bars.map(({ value }) => value));
  const y = scaleLinear()
    .domain([0, Math.max(most, 1)])
    .nice(3)
    .range([HEIGHT - BOTTOM, TOP]);
  // Nothing has no scale, and there is no half of a cent.
  const ticks = most > 0 ? y.ticks(3).filter(Number.isInteger) : [0];
  return (
    <figure class="chart">
      <div class="chart-frame">
        {/* Beside the bars and not among them, whose places are shares of whatever width there is. */}
        <svg class="chart-axis" height={HEIGHT} aria-hidden="true">
          {ticks.map((tick) => (
            <text class="chart-text" x="100%" y={y(tick) + 4} text-anchor="end">
              {format(tick)}
            </text>
          ))}
        </svg>
        <svg width="100%" height={HEIGHT} role="img" aria-label={title}>
          {ticks.map((tick) => (
            <line class="chart-line" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
          ))}
          {bars.map(
            ({ label, value, text, note }, index) =>
              value > 0 && (
                <rect
                  class="chart-bar"
                  x={`${x(index)}%`}
                  width={`${x.bandwidth()}%`}
                  y={y(value)}
                  height={y(0) - y(value)}
                  rx="2"
                >
                  <title>{`${label}: ${text}, ${note}`}</title>
                </rect>
              ),
          )}
          <AxisLabel x="0" anchor="start" bar={bars[0]} />
          <AxisLabel x="50%" anchor="middle" bar={bars[Math.floor(bars.length / 2)]} />
          <AxisLabel x="100%" anchor="end" bar={bars.at(-1)} />
        </svg>
      </div>
      <Disclosure summary="Show as a table">
        <Table
          caption={title}
          rows={[...bars].toReversed()}
          columns={[
            { header: headers[0], cell: ({ label }) => label },
            { header: headers[1], cell: ({ text }) => text, align: 'end' },
            { header: headers[2], cell: ({ note }) => note, align: 'end' },
          ]}
        />
      </Disclosure>
    </figure>
  );
}

type AxisLabelProps = { x: string; anchor: 'start' | 'middle' | 'end'; bar: ChartBar | undefined };

function AxisLabel({ x, anchor, bar }: AxisLabelProps) {
  return (
    <text class="chart-text" x={x} y={HEIGHT - 6} text-anchor={anchor}>
      {bar?.label}
    </text>
  );
}

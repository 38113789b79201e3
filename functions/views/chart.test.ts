import { html } from 'hono/html';
import { expect, it } from 'vitest';
import { BarChart } from './chart.tsx';

async function axisOf(values: number[]): Promise<string[]> {
  const bars = values.map((value) => ({ label: 'Nov 21', value, text: '', note: '' }));
  const chart = BarChart({ title: '', bars, format: String, headers: ['', '', ''] });
  const [axis = ''] = (await html`${chart}`).toString().split('</svg>');
  return [...axis.matchAll(/>([^<]+)<\/text>/g)].map(([, tick = '']) => tick);
}

it.each([
  { values: [0, 0], ticks: ['0'] },
  { values: [0, 1], ticks: ['0', '1'] },
  { values: [2, 1], ticks: ['0', '1', '2'] },
  { values: [0, 120_050], ticks: ['0', '50000', '100000', '150000'] },
])('divides the axis of $values into whole amounts', async ({ values, ticks }) => {
  expect(await axisOf(values)).toEqual(ticks);
});

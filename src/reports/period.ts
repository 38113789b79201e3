import { z } from 'zod';
import { isCalendarDay } from '../lib/calendar-day.ts';
import { DAY_MS } from '../lib/durations.ts';
import { AppError } from '../lib/errors.ts';

const PRESETS = ['today', 'week', 'month', 'quarter', 'year', 'all'] as const;
type Preset = (typeof PRESETS)[number];

/** First and last day of a report, `YYYY-MM-DD`; null = from the first order there is, or up to the last. */
export interface Period {
  from: string | null;
  to: string | null;
}

const wrongDay = (name: string) => `${name} must be a day like 2026-03-01.`;
export const PERIOD_PROBLEMS = [
  `preset must be one of ${PRESETS.join(', ')}.`,
  wrongDay('from'),
  wrongDay('to'),
  'from must not be after to.',
  'Send either preset, or from and to.',
] as const;

const day = (name: 'from' | 'to', description: string) =>
  z
    .string(wrongDay(name))
    .refine(isCalendarDay, wrongDay(name))
    .optional()
    .meta({ format: 'date', description, example: '2026-03-01' });

/** How a query asks for a period. */
export const PeriodQuery = z.object({
  preset: z.enum(PRESETS, PERIOD_PROBLEMS[0]).optional().meta({
    description:
      'Up to today: `week` since Monday, the others since the first of the month, the quarter or the year. By default `month`.',
  }),
  from: day('from', 'The first day, instead of a preset.'),
  to: day('to', 'The last day; without it, today.'),
});
export type PeriodQuery = z.infer<typeof PeriodQuery>;

/**
 * The days a query means.
 * @param today `YYYY-MM-DD`, wherever the report's days are counted
 * @throws AppError validation
 */
export function periodOf({ preset, from, to }: PeriodQuery, today: string): Period {
  if (from === undefined && to === undefined) return presetPeriod(preset ?? 'month', today);
  if (preset !== undefined) throw new AppError('validation', PERIOD_PROBLEMS[4]);
  const last = to ?? today;
  if (from !== undefined && from > last) throw new AppError('validation', PERIOD_PROBLEMS[3]);
  return { from: from ?? null, to: last };
}

function presetPeriod(preset: Preset, today: string): Period {
  const [year = '', month = ''] = today.split('-');
  const from = {
    today,
    week: monday(today),
    month: `${year}-${month}-01`,
    quarter: `${year}-${String(Number(month) - ((Number(month) - 1) % 3)).padStart(2, '0')}-01`,
    year: `${year}-01-01`,
    all: null,
  }[preset];
  return { from, to: today };
}

function monday(today: string): string {
  const moment = Date.parse(`${today}T00:00:00Z`);
  const since = (new Date(moment).getUTCDay() + 6) % 7;
  return new Date(moment - since * DAY_MS).toISOString().slice(0, 10);
}

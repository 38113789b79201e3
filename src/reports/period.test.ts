import { describe, expect, it } from 'vitest';
import { parse } from '../lib/parse.ts';
import { PERIOD_PROBLEMS, PeriodQuery, periodOf } from './period.ts';

const period = (query: object, today = '2026-11-22') => periodOf(parse(PeriodQuery, query), today);

describe('periodOf', () => {
  it.each([
    ['today', '2026-11-22', '2026-11-22'],
    ['week', '2026-11-22', '2026-11-16'],
    ['week', '2026-11-23', '2026-11-23'],
    ['week', '2026-01-01', '2025-12-29'],
    ['month', '2026-11-22', '2026-11-01'],
    ['quarter', '2026-11-22', '2026-10-01'],
    ['quarter', '2026-01-01', '2026-01-01'],
    ['quarter', '2026-03-31', '2026-01-01'],
    ['quarter', '2026-09-30', '2026-07-01'],
    ['year', '2028-02-29', '2028-01-01'],
    ['all', '2026-11-22', null],
  ])('%s on %s begins on %s', (preset, today, from) => {
    expect(period({ preset }, today)).toEqual({ from, to: today });
  });

  it('is the month by default, and up to today without an end', () => {
    expect(period({})).toEqual({ from: '2026-11-01', to: '2026-11-22' });
    expect(period({ from: '2026-01-05' })).toEqual({ from: '2026-01-05', to: '2026-11-22' });
    expect(period({ to: '2025-01-05' })).toEqual({ from: null, to: '2025-01-05' });
    const day = { from: '2024-02-29', to: '2024-02-29' };
    expect(period(day)).toEqual(day);
  });

  it.each([
    [{ preset: 'decade' }, PERIOD_PROBLEMS[0]],
    [{ from: '2026-02-30' }, PERIOD_PROBLEMS[1]],
    [{ to: '1.2.2026' }, PERIOD_PROBLEMS[2]],
    [{ from: '2026-02-02', to: '2026-02-01' }, PERIOD_PROBLEMS[3]],
    [{ from: '2026-11-23' }, PERIOD_PROBLEMS[3]],
    [{ preset: 'week', to: '2026-02-01' }, PERIOD_PROBLEMS[4]],
  ])('refuses %j', (query, message) => {
    expect(() => period(query)).toThrow(message);
  });
});

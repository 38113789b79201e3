import { expect, test } from 'vitest';
import { formatDateTime } from './date-time.tsx';

const moment = new Date('2026-11-21T23:30:00Z');

test('a date is the one on the calendar of the zone', () => {
  expect(formatDateTime(moment, 'America/New_York', 'date')).toBe('Nov 21, 2026');
  expect(formatDateTime(moment, 'Asia/Tokyo', 'date')).toBe('Nov 22, 2026');
});

test('a moment has hours from 00 to 23', () => {
  expect(formatDateTime(moment, 'Europe/Berlin', 'datetime')).toBe('Nov 22, 2026, 00:30');
  expect(formatDateTime(moment, 'America/New_York', 'datetime')).toBe('Nov 21, 2026, 18:30');
});

import { describe, expect, it } from 'vitest';
import { localTimeIn, momentIn } from './zoned-time.ts';

const at = (zone: string, local: string) => momentIn(zone, local)?.toISOString();

describe('the time of a zone', () => {
  it.each([
    ['UTC', '2026-11-21T14:05', '2026-11-21T14:05:00.000Z'],
    ['America/Los_Angeles', '2026-07-01T08:00', '2026-07-01T15:00:00.000Z'],
    ['America/Los_Angeles', '2026-12-01T08:00', '2026-12-01T16:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01T00:00', '2025-12-31T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00:00.000Z'],
  ])('%s, %s is %s, and back', (zone, local, utc) => {
    expect(at(zone, local)).toBe(utc);
    expect(localTimeIn(zone, new Date(utc))).toBe(local);
  });

  it('is right to the hour around the nights the clocks change', () => {
    const zone = 'Europe/Berlin';
    expect(at(zone, '2026-03-29T01:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(at(zone, '2026-03-29T03:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(at(zone, '2026-10-25T01:30')).toBe('2026-10-24T23:30:00.000Z');
    expect(at(zone, '2026-10-25T03:30')).toBe('2026-10-25T02:30:00.000Z');
  });

  it('is nothing where the text or the zone is none', () => {
    for (const local of ['', 'now', '2026-02-30T10:00', '2026-01-01', '0000-01-01T00:00']) {
      expect(momentIn('UTC', local)).toBeNull();
    }
    expect(momentIn('Nowhere/Land', '2026-01-01T00:00')).toBeNull();
  });
});

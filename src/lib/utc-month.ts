/** A month as people in Greenwich count it: `2026-11`. */
export type UtcMonth = string;

/** The month a moment is in. */
export function utcMonth(moment: Date): UtcMonth {
  return moment.toISOString().slice(0, 7);
}

/** When a month begins, and when the next one does. */
export function utcMonthRange(month: UtcMonth): { from: Date; until: Date } {
  const from = new Date(`${month}-01T00:00:00.000Z`);
  return { from, until: new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1)) };
}

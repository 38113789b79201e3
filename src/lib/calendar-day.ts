const DAY = /^[1-9]\d{3}-\d\d-\d\d$/;

/** A day of the calendar as date fields send it: `2026-02-28`, and not `2026-02-30`. */
export function isCalendarDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** The day it is in a time zone (IANA name), as `YYYY-MM-DD`. */
export function calendarDay(moment: Date, timeZone: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(moment);
}

const LOCAL = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d$/;
const MINUTE = 60_000;

/**
 * The moment at which the clocks of a time zone show this; in the hour they leave out, the one they then jump to.
 * @param local as browsers send it: `YYYY-MM-DDTHH:MM`
 * @param timeZone IANA name
 * @returns null when it is no such text, or there is no such zone
 */
export function momentIn(timeZone: string, local: string): Date | null {
  if (!LOCAL.test(local)) return null;
  const asUtc = new Date(`${local}:00.000Z`);
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(local)) return null;
  const offset = offsetOf(timeZone, asUtc);
  if (offset === null) return null;
  const guess = new Date(asUtc.getTime() - offset);
  // Where the clocks change in between, the guess is an hour off: its own offset is the right one.
  return new Date(asUtc.getTime() - (offsetOf(timeZone, guess) ?? offset));
}

/** What the clocks of a time zone show at a moment, as a form's field takes it. */
export function localTimeIn(timeZone: string, moment: Date): string {
  const offset = offsetOf(timeZone, moment) ?? 0;
  return new Date(moment.getTime() + offset).toISOString().slice(0, 16);
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds, to the minute. */
function offsetOf(timeZone: string, moment: Date): number | null {
  try {
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const shown = new Date(`${clock.format(moment).replace(' ', 'T')}:00.000Z`).getTime();
    return shown - Math.floor(moment.getTime() / MINUTE) * MINUTE;
  } catch {
    return null;
  }
}

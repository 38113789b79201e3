const ISO_MOMENT = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A moment exactly as `toISOString` writes it, and one Postgres knows: no 30th of February, no year 0. */
export function isIsoMoment(text: string): boolean {
  if (!ISO_MOMENT.test(text)) return false;
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === text;
}

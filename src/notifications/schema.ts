import { z } from 'zod';
import { isIsoMoment } from '../lib/iso-moment.ts';

const moment = z.string().refine(isIsoMoment).pipe(z.coerce.date());

/** What marks notifications as seen: when the page that showed them was read; without it, all there are. */
export const SeenForm = z.object({ until: moment.optional().catch(undefined) });

/** The moment an address names, or null where it names none. */
export function momentFrom(text: string | undefined): Date | null {
  return moment.safeParse(text).data ?? null;
}

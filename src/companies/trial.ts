import type { StaffViewer } from '../context.ts';
import { DAY_MS } from '../lib/durations.ts';

/** What the dashboard says about the trial, or null without one ("Plans"). Days are counted up: the last one is 1. */
export function trialNotice(
  { plan, trialEndsAt }: Pick<StaffViewer, 'plan' | 'trialEndsAt'>,
  now: Date,
): { ended: boolean; text: string } | null {
  if (plan !== 'STARTER' || trialEndsAt === null) return null;
  const days = Math.ceil((Date.parse(trialEndsAt) - now.getTime()) / DAY_MS);
  return days > 0
    ? { ended: false, text: `Trial ends in ${days} ${days === 1 ? 'day' : 'days'}` }
    : { ended: true, text: 'Trial has ended — upgrade to keep access' };
}

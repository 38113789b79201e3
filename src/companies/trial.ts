import type { StaffViewer } from '../context.ts';

const DAY = 86_400_000;

/** What the dashboard says about the trial, or null without one ("Plans"). Days are counted up: the last one is 1. */
export function trialNotice(
  { plan, trialEndsAt }: Pick<StaffViewer, 'plan' | 'trialEndsAt'>,
  now: Date,
): { ended: boolean; text: string } | null {
  if (plan === 'ENTERPRISE' || trialEndsAt === null) return null;
  const days = Math.ceil((Date.parse(trialEndsAt) - now.getTime()) / DAY);
  return days > 0
    ? { ended: false, text: `Trial ends in ${days} ${days === 1 ? 'day' : 'days'}` }
    : { ended: true, text: 'Trial has ended — upgrade to keep access' };
}

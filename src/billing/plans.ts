/** What each plan allows; null = without limit. */
export const PLANS = {
  STARTER: { name: 'Starter', customers: 25 },
  GROWTH: { name: 'Growth', customers: 250 },
  ENTERPRISE: { name: 'Enterprise', customers: null },
} as const satisfies Record<string, { name: string; customers: number | null }>;

export type Plan = keyof typeof PLANS;

/** A trial is on Starter's limits and ends softly. */
export const TRIAL_DAYS = 14;

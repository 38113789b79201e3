/** What each plan allows; null = without limit. */
export const PLANS = {
  STARTER: { name: 'Starter', products: 50, customers: 25, ordersAMonth: 100 },
  GROWTH: { name: 'Growth', products: 500, customers: 250, ordersAMonth: 2000 },
  ENTERPRISE: { name: 'Enterprise', products: null, customers: null, ordersAMonth: null },
} as const satisfies Record<string, { name: string } & Record<Limit, number | null>>;

type Limit = 'products' | 'customers' | 'ordersAMonth';

export type Plan = keyof typeof PLANS;

/** A trial is on Starter's limits and ends softly. */
export const TRIAL_DAYS = 14;

/** What is said of one more `customer` or `product` than the plan allows. */
export function planLimitReached(noun: string): string {
  return `Your plan's ${noun} limit has been reached.`;
}

/** The limits as `plan_usage` keeps them. */
export function limitsOf(plan: Plan) {
  const { products, customers, ordersAMonth } = PLANS[plan];
  return { maxProducts: products, maxCustomers: customers, maxOrders: ordersAMonth };
}

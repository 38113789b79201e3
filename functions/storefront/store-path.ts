import type { Store } from '#src/context.ts';

/** The path of a store's page: `/catalog`; without one, of its door. */
export function storePath({ companySlug }: Pick<Store, 'companySlug'>, page = ''): string {
  return `/store/${companySlug}${page}`;
}

import type { Ctx } from '#src/context.ts';

/** Where a company's customers order. */
export function storefrontUrl(ctx: Ctx, slug: string): string {
  return `${ctx.origin}/store/${slug}`;
}

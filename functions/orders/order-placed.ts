import type { Context } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { setFlash } from '../flash.ts';

/** An order, and whether an earlier request had placed it. */
type Placed = { number: number; again: boolean };

/**
 * Leads to the order's page, and says there that it is placed. A script that has sent the form goes there itself: it would
 * put a page that it is led to into this one.
 * @param thanks what is said behind that
 */
export function orderPlaced(
  c: Context<AppEnv>,
  { number, again }: Placed,
  path: string,
  thanks = '',
): Response {
  const text = again
    ? `Order #${number} was placed already, as it was sent first. Check its details.`
    : `Order #${number} is placed.${thanks}`;
  setFlash(c, { tone: 'success', text });
  return c.req.header('HX-Request')
    ? c.body(null, 200, { 'HX-Redirect': path })
    : c.redirect(path, 303);
}

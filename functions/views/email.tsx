import { raw } from 'hono/html';
import { escaped } from './escaped.ts';

/** An address that breaks before its `@` where it must break at all. */
export function Email({ address }: { address: string }) {
  const at = Math.max(address.lastIndexOf('@'), 0);
  return raw(`${escaped(address.slice(0, at))}<wbr/>${escaped(address.slice(at))}`);
}

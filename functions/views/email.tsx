import { html } from 'hono/html';

/** An address that breaks before its `@` where it must break at all. */
export function Email({ address }: { address: string }) {
  const at = address.lastIndexOf('@');
  return html`${address.slice(0, Math.max(at, 0))}<wbr />${address.slice(Math.max(at, 0))}`;
}

import type { Child } from 'hono/jsx';
import { Message } from './message.tsx';
import { Link } from '../views/button.tsx';

/** The frame of a page behind a link that no longer works, or never did. */
export const OVER = { title: 'This link no longer works', narrow: true, status: 410 } as const;

/** Why, and how to get a new one. */
export function LinkIsOver(props: { href: string; again: string; children: Child }) {
  return (
    <Message title={OVER.title}>
      {props.children} <Link href={props.href}>{props.again}</Link>
    </Message>
  );
}

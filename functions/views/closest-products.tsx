import type { Child } from 'hono/jsx';
import { shorten } from '#src/lib/shorten.ts';
import { Prose } from './layout.tsx';

const SHOWN_CHARACTERS = 80;

type Props = { text: string; children?: Child };

/** Stands before products that only look like the text: none has all of its words. What else can be done comes beside it. */
export function ClosestProducts({ text, children }: Props) {
  return (
    <div class="closest">
      <Prose>{`No exact match for “${shorten(text, SHOWN_CHARACTERS)}”. Closest products:`}</Prose>
      {children}
    </div>
  );
}

import { shorten } from '#src/lib/shorten.ts';
import { Prose } from '../views/layout.tsx';

const SHOWN_CHARACTERS = 80;

/** Stands before products that only look like the text: none has all of its words. */
export function ClosestProducts({ text }: { text: string }) {
  return (
    <div class="closest">
      <Prose>{`No exact match for “${shorten(text, SHOWN_CHARACTERS)}”. Closest products:`}</Prose>
    </div>
  );
}

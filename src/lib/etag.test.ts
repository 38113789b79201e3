import { expect, it } from 'vitest';
import { ifMatch } from './etag.ts';

it.each([
  [undefined, null],
  ['*', null],
  [' * ', null],
  ['"3"', ['"3"']],
  ['W/"3"', ['"3"']],
  [' "3" ,W/"4.12",  "a, b"', ['"3"', '"4.12"', '"a, b"']],
])('reads If-Match %j', (header, tags) => {
  expect(ifMatch(header)).toEqual(tags);
});

it.each(['', '3', '"3', 'w/"3"', '"3" "4"', '"3",', '*, "3"', "'3'", `${'"3",'.repeat(4000)}x`])(
  'refuses If-Match %j',
  (header) => {
    expect(() => ifMatch(header)).toThrow('If-Match must be *, or ETags like "3".');
  },
);

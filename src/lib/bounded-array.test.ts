import { expect, it } from 'vitest';
import { z } from 'zod';
import { boundedArray } from './bounded-array.ts';
import { fieldErrors, PROBLEMS_MAX } from './parse.ts';

let read = 0;
const item = z.string().refine((text) => {
  read += 1;
  return text !== '';
}, 'An item is empty.');
const list = boundedArray(item, { min: 1, max: 3, empty: 'Send items.', long: 'Send fewer.' });
const problems = (input: unknown) =>
  list.safeParse(input).error?.issues.map(({ message }) => message);

it('counts a list before it reads any of its items', () => {
  expect(problems(Array(1_000_000).fill(''))).toEqual(['Send fewer.']);
  expect(problems(['', '', '', 'a'])).toEqual(['Send fewer.']);
  expect(read).toBe(0);
  expect(list.parse(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
  expect(problems(['a', ''])).toEqual(['An item is empty.']);
  for (const none of [[], undefined, 'a', {}]) expect(problems(none)).toEqual(['Send items.']);
});

it('names the first hundred problems of an input', () => {
  const many = z.array(item);
  const { error } = many.safeParse(Array(5000).fill(''));
  expect(error && fieldErrors(error)).toHaveLength(PROBLEMS_MAX);
});

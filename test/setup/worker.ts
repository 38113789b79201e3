import { afterEach, expect } from 'vitest';
import { takeProblems } from '../server.ts';

// What is logged as an error fails the test it happened in, and so does a request to the outside.
afterEach(() => {
  expect(takeProblems()).toEqual([]);
});

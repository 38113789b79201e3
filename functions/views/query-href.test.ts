import { expect, test } from 'vitest';
import { queryHref } from './query-href.ts';

test('changes replace, add and drop parameters and leave the others', () => {
  const current = { q: 'ann & co', status: 'BLOCKED', after: 'abc' };
  expect(queryHref('/list', current, { after: null, sort: 'name' })).toBe(
    '/list?q=ann+%26+co&status=BLOCKED&sort=name',
  );
});

test('nothing left means no question mark', () => {
  expect(queryHref('/list', { q: '', status: undefined }, { size: null })).toBe('/list');
});

import { dictionary } from '@zxcvbn-ts/language-common';
import { expect, it } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';
import { characters, newPassword } from './fields.ts';

const published = dictionary['passwords-common'];

it('is the published list without what is too short anyway; `vitest -u` renews it', async () => {
  const longEnough = published.filter((word) => characters(word) >= 8);
  const list = [...new Set(longEnough.map((word) => word.toLowerCase()))].toSorted();
  expect(list.length).toBeGreaterThan(10_000);
  // One space between two of them tells where each ends.
  expect(list.filter((word) => word.includes(' '))).toEqual([]);
  await expect(`${JSON.stringify(list.join(' '))}\n`).toMatchFileSnapshot('common-passwords.json');
});

it.each([
  'password',
  'PassWord',
  '12345678',
  'QWERTYUIOP',
  'iloveyou',
  'ｐａｓｓｗｏｒｄ',
  '1q2w3e4r',
])('refuses %s', (password) => {
  expect(isCommonPassword(password)).toBe(true);
  expect(newPassword.safeParse(password).error?.issues.map(({ message }) => message)).toEqual([
    'This password is too common. Please choose another one.',
  ]);
});

it.each(['distribu-demo', 'correct horse', 'password 12345678', 'assword1234567', ' password '])(
  'takes %s',
  (password) => {
    expect(newPassword.safeParse(password)).toMatchObject({ success: true, data: password });
  },
);

it('leaves the length to its own rule', () => {
  for (const short of ['', ' ', '1234567', 'dragon']) {
    expect(isCommonPassword(short)).toBe(false);
    expect(newPassword.safeParse(short).error?.issues.map(({ message }) => message)).toEqual([
      'Password must be between 8 and 100 characters.',
    ]);
  }
});

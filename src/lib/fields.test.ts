import { expect, it } from 'vitest';
import { email } from './fields.ts';

const problems = (value: unknown) =>
  email.safeParse(value).error?.issues.map(({ message }) => message);

it('says one thing about an email address that is none', () => {
  for (const empty of ['', '  ', null, undefined]) {
    expect(problems(empty)).toEqual(['Email is required.']);
  }
  for (const wrong of [7, 'nobody', 'a@b', 'x'.repeat(300)]) {
    expect(problems(wrong)).toEqual(['Invalid email address.']);
  }
});

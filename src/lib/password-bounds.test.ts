import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { newPassword, PASSWORD_MAX_UNITS } from './fields.ts';
import { ChangePasswordInput, LogInInput } from './password-forms.ts';

/** Marks that normalisation sorts, which takes time that grows with the square of their number. */
const marks = (units: number) => `a${'\u0315\u0300'.repeat(Math.ceil(units / 2))}`.slice(0, units);
const LONG = marks(PASSWORD_MAX_UNITS + 1);

const watched = () => vi.spyOn(String.prototype, 'normalize');
let watch: ReturnType<typeof watched>;
beforeEach(() => {
  watch = watched();
});
afterEach(() => vi.restoreAllMocks());

/** How long the texts are that have been normalised. */
const normalized = () => watch.mock.contexts.map((text) => String(text).length);

it('refuses a new password that is too long before it normalises, with one sentence', () => {
  for (const units of [101, PASSWORD_MAX_UNITS, PASSWORD_MAX_UNITS + 1, 1_000_000]) {
    const { error } = newPassword.safeParse(marks(units));
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'Password must be between 8 and 100 characters.',
    ]);
  }
  expect(normalized()).toEqual([]);
});

it('takes a hundred characters of two units each', () => {
  expect(newPassword.parse('🐎'.repeat(100))).toHaveLength(PASSWORD_MAX_UNITS);
  expect(normalized()).toEqual([PASSWORD_MAX_UNITS]);
});

it('takes a typed password that nobody can have for an empty one', async () => {
  expect(LogInInput.parse({ email: 'a@b.test', password: LONG }).password).toBe('');
  const change = { currentPassword: LONG, newPassword: 'a new password', repeated: '' };
  expect(ChangePasswordInput.safeParse(change).error?.issues[0]?.path).toEqual(['repeated']);
  const horses = '🐎'.repeat(100);
  const phc = await argon2Hasher.hash(horses);
  expect((await argon2Hasher.verify(horses, phc)).ok).toBe(true);
  expect((await argon2Hasher.verify(`${horses}x`, phc)).ok).toBe(false);
  await expect(argon2Hasher.hash(LONG)).rejects.toThrow('too long to hash');
  expect(Math.max(...normalized())).toBeLessThanOrEqual(PASSWORD_MAX_UNITS);
});

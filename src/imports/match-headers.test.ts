import { describe, expect, it } from 'vitest';
import { customerImport } from './customer-import.ts';
import { columnName, matchHeaders } from './match-headers.ts';

const match = (...headers: string[]) => matchHeaders(headers, customerImport);

describe('matchHeaders', () => {
  it.each([
    [
      'email',
      ['email', 'E-Mail', 'Email Address', 'email_address', 'CONTACT.EMAIL', 'contact_email'],
    ],
    ['name', ['name', 'Full Name', 'customer_name', 'Contact-Name', 'companyName']],
    ['status', ['Status', 'STATE']],
    ['notes', ['notes', 'Note', 'Comments', 'comment', 'remarks']],
    [
      'creditLimitCents',
      ['creditLimit', 'credit_limit', 'Credit Limit', 'credit', 'Limit', 'credit-line'],
    ],
  ])('finds %s', (name, headers) => {
    for (const header of headers) expect(match('x', header).columns).toEqual({ [name]: 1 });
  });

  it('names required fields without a column and lists the columns nobody reads', () => {
    expect(match('Phone', 'name', '', 'City')).toEqual({
      columns: { name: 1 },
      missing: ['email'],
      ignored: ['Phone', 'City'],
      notices: [],
    });
  });

  it('takes the first of two headers and says so', () => {
    expect(match('E-mail', 'email', 'name')).toEqual({
      columns: { email: 0, name: 2 },
      missing: [],
      ignored: [],
      notices: ['Two columns fit Email: "E-mail" is used, "email" is ignored.'],
    });
  });

  it('never reads passwords', () => {
    expect(match('email', 'Password')).toMatchObject({
      columns: { email: 0 },
      ignored: [],
      notices: ['Passwords are never imported: the password column is ignored.'],
    });
  });

  it('does what people chose', () => {
    const headers = ['E-mail', 'email', 'Ort', 'notes'];
    const overrides = { email: 1, name: 2, notes: null };
    expect(matchHeaders(headers, customerImport, overrides)).toEqual({
      columns: { email: 1, name: 2 },
      missing: [],
      ignored: ['notes'],
      notices: ['Two columns fit Email: "email" is used, "E-mail" is ignored.'],
    });
  });

  it('gives a chosen column to the field it was chosen for alone', () => {
    const { columns } = matchHeaders(['email', 'contact name'], customerImport, { notes: 1 });
    expect(columns).toEqual({ email: 0, notes: 1 });
  });

  it('takes no notice of columns that are not there', () => {
    const { columns } = matchHeaders(['email'], customerImport, { email: 7, name: -1 });
    expect(columns).toEqual({ email: 0 });
  });

  it('is not confused by headers that are names of built-in properties', () => {
    expect(match('email', 'constructor', '__proto__').ignored).toEqual([
      'constructor',
      '__proto__',
    ]);
  });
});

describe('columnName', () => {
  it('is the header, or the letter a spreadsheet shows', () => {
    expect(columnName(['email', ''], 0)).toBe('email');
    expect([1, 25, 26, 701, 702].map((index) => columnName([], index))).toEqual(
      ['B', 'Z', 'AA', 'ZZ', 'AAA'].map((letters) => `Column ${letters}`),
    );
  });
});

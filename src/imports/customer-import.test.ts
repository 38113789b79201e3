import { describe, expect, it } from 'vitest';
import { parseCsv } from '../lib/csv-parse.ts';
import { customerImport } from './customer-import.ts';
import { matchHeaders } from './match-headers.ts';
import { importObstacle, previewImport } from './preview-import.ts';
import { customerTemplateCsv } from './templates.ts';

const { email, name, status, notes, creditLimitCents } = customerImport.fields;

describe('email', () => {
  it('is trimmed and lower-cased', () => {
    expect(email.parse('  Bob@Acme.COM\u00a0')).toEqual({ value: 'bob@acme.com' });
    expect(email.parse(`${'a'.repeat(242)}@example.com`)).toHaveProperty('value');
  });

  it.each([
    'bob',
    'bob@acme',
    'bob@',
    '@acme.com',
    'bob smith@acme.com',
    'bob@ac me.com',
    'a@b@c.com',
    'Bob <bob@acme.com>',
    'bob@acme.com, ann@acme.com',
    'bob@acme..com',
    'bob@acme.com.',
  ])('refuses %j', (cell) => {
    expect(email.parse(cell)).toEqual({ issue: `Invalid email address. Found "${cell}".` });
  });

  it('is required and at most 254 characters', () => {
    expect(email.parse('  ')).toEqual({ issue: 'Email is required.' });
    expect(email.parse(`${'a'.repeat(243)}@example.com`)).toEqual({
      issue: `Invalid email address. Found "${'a'.repeat(60)}…".`,
    });
  });
});

describe('name', () => {
  it('is trimmed, and nothing when empty', () => {
    expect(name.parse('  Bob  ')).toEqual({ value: 'Bob' });
    expect(name.parse('')).toEqual({ value: null });
    expect(name.parse('   ')).toEqual({ value: null });
  });

  it('has at most 100 characters, however many bytes they take', () => {
    expect(name.parse('😀'.repeat(100))).toEqual({ value: '😀'.repeat(100) });
    expect(name.parse('x'.repeat(101))).toEqual({
      issue: 'Name must be at most 100 characters. Found 101.',
    });
  });
});

describe('notes', () => {
  it('keep their line breaks and blanks', () => {
    expect(notes.parse(' two\r\nlines ')).toEqual({ value: ' two\r\nlines ' });
    expect(notes.parse('')).toEqual({ value: null });
  });

  it('have at most 2,000 characters', () => {
    expect(notes.parse('x'.repeat(2000))).toHaveProperty('value');
    expect(notes.parse('x'.repeat(2001))).toEqual({
      issue: 'Notes must be at most 2000 characters. Found 2,001.',
    });
  });
});

describe('status', () => {
  it.each(['blocked', 'Suspended', ' INACTIVE ', 'disabled', 'FALSE', '0'])('%j blocks', (cell) => {
    expect(status.parse(cell)).toEqual({ value: 'BLOCKED' });
  });

  it.each(['', ' ', 'active', 'Active', 'ok', '1', 'TRUE'])('%j is active', (cell) => {
    expect(status.parse(cell)).toEqual({ value: 'ACTIVE' });
  });

  it('is active with a warning when nobody knows the word', () => {
    expect(status.parse('BLOKED')).toEqual({
      value: 'ACTIVE',
      warning: 'Status is not one we know and is read as ACTIVE. Found "BLOKED".',
    });
  });
});

describe('credit limit', () => {
  it.each([
    ['', null],
    ['0', 0],
    [' 1200.5 ', 1200_50],
    ['1200.50', 1200_50],
    ['0.29', 29],
    ['100000000', 100000000_00],
  ])('reads %j', (cell, value) => {
    expect(creditLimitCents.parse(cell)).toEqual({ value });
  });

  it.each([
    ['$1,200.50', 'Credit limit must be a plain number like 1200.50. Found "$1,200.50".'],
    ['1 200,50', 'Credit limit must be a plain number like 1200.50. Found "1 200,50".'],
    ['1.2E+3', 'Credit limit must be a plain number like 1200.50. Found "1.2E+3".'],
    ['none', 'Credit limit must be a plain number like 1200.50. Found "none".'],
    ['-5', 'Credit limit must be between 0 and 100000000. Found "-5".'],
    ['100000000.01', 'Credit limit must be between 0 and 100000000. Found "100000000.01".'],
    [
      '99999999999999999999',
      'Credit limit must be between 0 and 100000000. Found "99999999999999999999".',
    ],
    ['1.234', 'Credit limit must have at most 2 decimal places. Found "1.234".'],
  ])('does not guess at %j', (cell, issue) => {
    expect(creditLimitCents.parse(cell)).toEqual({ issue });
  });
});

describe('the template', () => {
  it('has the five columns and imports as it is', () => {
    expect(customerTemplateCsv.split('\r\n')[0]).toBe('email,name,status,notes,creditLimit');
    const csv = parseCsv(new TextEncoder().encode(customerTemplateCsv));
    const match = matchHeaders(csv.headers, customerImport);
    const preview = previewImport(csv, match, customerImport, new Map());
    expect(preview).toMatchObject({ creates: 2, issues: [], warnings: [] });
    expect(importObstacle(preview)).toBeNull();
  });
});

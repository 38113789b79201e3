import { describe, expect, it } from 'vitest';
import { parseCsv } from '../lib/csv-parse.ts';
import { type CustomerValues, customerImport } from './customer-import.ts';
import { issuesCsv } from './export-csv.ts';
import type { Stored } from './import-description.ts';
import { type ColumnOverrides, matchHeaders } from './match-headers.ts';
import { importKeys, importObstacle, previewImport } from './preview-import.ts';

type Customer = Stored<CustomerValues>;

const bob: Customer = {
  id: 'cus_bob',
  version: 3,
  email: 'bob@acme.com',
  name: 'Bob',
  status: 'BLOCKED',
  notes: 'Back door',
  creditLimitCents: 1200_50,
};

function preview(
  text: string,
  stored: Customer[] = [],
  overrides: ColumnOverrides<CustomerValues> = {},
) {
  const csv = parseCsv(new TextEncoder().encode(text));
  const match = matchHeaders(csv.headers, customerImport, overrides);
  const existing = new Map(stored.map((customer) => [customer.email, customer]));
  return previewImport(csv, match, customerImport, existing);
}

describe('importKeys', () => {
  it('are the valid emails, lower-cased, once each', () => {
    const text = 'name,email\nA,Ann@x.com\nB,bad\nC,ann@X.com\nD\nE,bob@x.com\nF,\n';
    const csv = parseCsv(new TextEncoder().encode(text));
    expect(importKeys(csv, { email: 1 }, customerImport)).toEqual(['ann@x.com', 'bob@x.com']);
    expect(importKeys(csv, {}, customerImport)).toEqual([]);
  });
});

describe('previewImport', () => {
  it('creates with the defaults of the columns that are not there', () => {
    expect(preview('email\nacme@example.com\n')).toEqual({
      fields: ['email'],
      creates: 1,
      updates: 0,
      unchanged: 0,
      rows: [
        {
          row: 2,
          action: 'create',
          values: {
            email: 'acme@example.com',
            name: null,
            status: 'ACTIVE',
            notes: null,
            creditLimitCents: null,
          },
          current: null,
          changes: [],
        },
      ],
      samples: [expect.objectContaining({ row: 2, action: 'create' })],
      issues: [],
      warnings: [],
    });
  });

  it('shows old and new of what an update changes, and nothing else', () => {
    const text = 'email,name,status,creditLimit\nBOB@acme.com,Robert,blocked,900\n';
    const { fields, updates, rows } = preview(text, [bob]);
    expect(updates).toBe(1);
    expect(fields).toEqual(['email', 'name', 'status', 'creditLimitCents']);
    expect(rows[0]).toMatchObject({
      action: 'update',
      current: { id: 'cus_bob', version: 3 },
      changes: [
        { label: 'Name', from: 'Bob', to: 'Robert' },
        { label: 'Credit limit', from: '1200.50', to: '900' },
      ],
    });
  });

  it('leaves columns alone that are not in the file', () => {
    expect(preview('email\nbob@acme.com\n', [bob])).toMatchObject({ unchanged: 1, updates: 0 });
  });

  it('clears with mapped empty cells', () => {
    const text = 'email,name,status,notes,creditLimit\nbob@acme.com,,,,\n';
    const { rows } = preview(text, [bob]);
    expect(rows[0]?.changes).toEqual([
      { label: 'Name', from: 'Bob', to: '' },
      { label: 'Status', from: 'BLOCKED', to: 'ACTIVE' },
      { label: 'Notes', from: 'Back door', to: '' },
      { label: 'Credit limit', from: '1200.50', to: '' },
    ]);
  });

  it('finds spellings of the same value unchanged', () => {
    const text = 'email,name,status,creditLimit\n" Bob@ACME.com", Bob ,Suspended,1200.5\n';
    expect(preview(text, [bob])).toMatchObject({ unchanged: 1, updates: 0, issues: [] });
  });

  it('accepts a longer stored name that the file leaves as it is (decision 10)', () => {
    const long = { ...bob, name: 'x'.repeat(150) };
    expect(preview(`email,name\nbob@acme.com,${long.name}\n`, [long])).toMatchObject({
      unchanged: 1,
      issues: [],
    });
    expect(preview(`email,name\nbob@acme.com,${long.name}y\n`, [long]).issues).toEqual([
      { row: 2, message: 'Name must be at most 100 characters. Found 151.' },
    ]);
    expect(preview(`email,name\nann@acme.com,${long.name}\n`, [long]).issues).toHaveLength(1);
  });

  it('reads the columns people chose', () => {
    const text = 'Kunde,Ort\nbob@acme.com,Berlin\n';
    expect(preview(text).issues).toEqual([{ row: 1, message: 'No column for Email: choose one.' }]);
    const chosen = preview(text, [bob], { email: 0, notes: 1 });
    expect(chosen.rows[0]?.changes).toEqual([{ label: 'Notes', from: 'Back door', to: 'Berlin' }]);
  });
});

describe('issues', () => {
  it('name both rows of a duplicate email', () => {
    const rows = Array.from({ length: 60 }, (_, index) => `u${index + 2}@x.com`);
    rows[10] = 'Bob@acme.com';
    rows[45] = ' bob@ACME.com';
    const { issues, creates } = preview(`email\n${rows.join('\n')}\n`);
    expect(issues).toEqual([
      { row: 12, message: 'Duplicate email "bob@acme.com" also on row 47' },
      { row: 47, message: 'Duplicate email "bob@acme.com" also on row 12' },
    ]);
    expect(creates).toBe(58);
  });

  it('say of an email that it belongs to somebody else, on every row that has it', () => {
    const csv = parseCsv(new TextEncoder().encode('email\nAnn@x.com\nbob@x.com\nann@x.com\n'));
    const match = matchHeaders(csv.headers, customerImport);
    const remarks = new Map([['ann@x.com', { issue: 'Ann is taken.' }]]);
    const { issues, creates } = previewImport(csv, match, customerImport, new Map(), remarks);
    expect(issues).toEqual([
      { row: 2, message: 'Ann is taken.' },
      { row: 2, message: 'Duplicate email "ann@x.com" also on row 4' },
      { row: 4, message: 'Ann is taken.' },
      { row: 4, message: 'Duplicate email "ann@x.com" also on row 2' },
    ]);
    expect(creates).toBe(1);
  });

  it('stay short when every row is the same', () => {
    const { issues } = preview(`email\n${'bob@acme.com\n'.repeat(5_000)}`);
    expect(issues).toHaveLength(5_000);
    expect(issues[4_999]?.message).toBe('Duplicate email "bob@acme.com" also on row 2');
  });

  it('are all of them, by row as the spreadsheet shows it', () => {
    const text = [
      'email,name,creditLimit,notes',
      'bad,Ann,-1,"two\nlines"',
      '',
      'ann@x.com,Ann',
      'bob@x.com,B\0b,1,',
      'eve@x.com,Eve,1,',
    ].join('\n');
    const { issues, creates } = preview(text);
    expect(issues).toEqual([
      { row: 2, message: 'Invalid email address. Found "bad".' },
      { row: 2, message: 'Credit limit must be between 0 and 100000000. Found "-1".' },
      { row: 4, message: 'Row has 2 cells, the header has 4.' },
      { row: 5, message: 'Text contains characters that cannot be stored.' },
    ]);
    expect(creates).toBe(1);
    expect(issuesCsv(issues.slice(1, 3))).toBe(
      'row,message\r\n' +
        '2,"Credit limit must be between 0 and 100000000. Found ""-1""."\r\n' +
        '4,"Row has 2 cells, the header has 4."\r\n',
    );
  });

  it('name lone surrogates of a UTF-16 file', () => {
    const csv = parseCsv(
      new Uint8Array(Buffer.from('\uFEFFemail\tnotes\r\nbob@x.com\t\uD83D\r\n', 'utf16le')),
    );
    const match = matchHeaders(csv.headers, customerImport);
    expect(previewImport(csv, match, customerImport, new Map()).issues).toEqual([
      { row: 2, message: 'Text contains characters that cannot be stored.' },
    ]);
  });

  it('do not come from columns nobody reads', () => {
    expect(preview('email,phone\nbob@x.com,\0\n').issues).toEqual([]);
  });

  it('stand in the way of the import, as having no rows does', () => {
    expect(importObstacle(preview('email\nbob@x.com\n'))).toBeNull();
    expect(importObstacle(preview('email\n'))).toBe('The file has no rows to import.');
    expect(importObstacle(preview('email\nbad\n'))).toMatch(/^Fix the issue /);
    expect(importObstacle(preview('email\nbad\nbad\n'))).toMatch(/^Fix the 2 issues /);
  });
});

describe('warnings', () => {
  it('show a status nobody knows and stop nothing', () => {
    const { warnings, creates } = preview('email,status\nbob@x.com,BLOKED\n');
    expect(creates).toBe(1);
    expect(warnings).toEqual([
      { row: 2, message: 'Status is not one we know and is read as ACTIVE. Found "BLOKED".' },
    ]);
  });
});

describe('samples', () => {
  it('are at most 50, in file order, with every change before any unchanged row', () => {
    const stored = Array.from({ length: 80 }, (_, index) => ({ ...bob, email: `u${index}@x.com` }));
    const emails = stored.map(({ email }) => email);
    const { samples } = preview(`email\n${emails.join('\n')}\nnew@x.com\n`, stored);
    expect(samples).toHaveLength(50);
    expect(samples[0]).toMatchObject({ row: 82, action: 'create' });
    expect(samples[1]).toMatchObject({ row: 2, action: 'unchanged' });
  });
});

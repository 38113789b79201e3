import { newId } from '#db/ids.ts';
import { readCreditLimit } from '../customers/credit-limit.ts';
import { customerKeys } from '../customers/keys.ts';
import type { CustomerStatus } from '../customers/schema.ts';
import { NAME_MAX, NOTES_MAX, email } from '../lib/fields.ts';
import { decimalFromCents } from '../lib/money.ts';
import { contactsByEmail, customerUsage, customersByEmail } from './customer-look-ups.ts';
import type { Concern, ImportDescription, ImportField } from './import-description.ts';
import { optionalText, withValue } from './issue-text.ts';

/** What an import reads and an export writes of a customer. */
export interface CustomerValues {
  email: string;
  name: string | null;
  status: CustomerStatus;
  notes: string | null;
  creditLimitCents: number | null;
}

const emailField: ImportField<string> = {
  header: 'email',
  label: 'Email',
  required: true,
  synonyms: ['emailaddress', 'e-mail', 'contactemail'],
  parse(cell) {
    const result = email.safeParse(cell);
    if (result.success) return { value: result.data };
    const message = result.error.issues[0]?.message ?? 'Invalid email address.';
    return { issue: cell.trim() === '' ? message : withValue(message, cell) };
  },
  format: (value) => value,
};

const nameField: ImportField<string | null> = {
  header: 'name',
  label: 'Name',
  required: false,
  synonyms: ['fullname', 'customername', 'contactname', 'companyname'],
  parse: (cell) => optionalText(cell.trim(), NAME_MAX, 'Name'),
  format: (value) => value ?? '',
};

const notesField: ImportField<string | null> = {
  header: 'notes',
  label: 'Notes',
  required: false,
  synonyms: ['note', 'comments', 'comment', 'remarks'],
  parse: (cell) => optionalText(cell, NOTES_MAX, 'Notes'),
  format: (value) => value ?? '',
};

const BLOCKED_WORDS = new Set(['blocked', 'suspended', 'inactive', 'disabled', 'false', '0']);
const ACTIVE_WORDS = new Set(['', 'active', 'enabled', 'ok', 'true', 'yes', '1']);

const statusField: ImportField<CustomerStatus> = {
  header: 'status',
  label: 'Status',
  required: false,
  synonyms: ['state'],
  parse(cell) {
    const word = cell.trim().toLowerCase();
    if (BLOCKED_WORDS.has(word)) return { value: 'BLOCKED' };
    if (ACTIVE_WORDS.has(word)) return { value: 'ACTIVE' };
    const warning = withValue('Status is not one we know and is read as ACTIVE.', cell);
    return { value: 'ACTIVE', warning };
  },
  format: (value) => value,
};

const creditLimitField: ImportField<number | null> = {
  header: 'creditLimit',
  label: 'Credit limit',
  required: false,
  synonyms: ['credit', 'limit', 'creditline'],
  parse(cell) {
    const read = readCreditLimit(cell);
    return 'problem' in read
      ? { issue: withValue(read.problem, cell.trim()) }
      : { value: read.cents };
  },
  format: (value) => (value === null ? '' : decimalFromCents(value)),
};

/** Customers, matched by email ("Importing customers from CSV"). */
export const customerImport: ImportDescription<CustomerValues> = {
  kind: 'customers',
  noun: 'customer',
  permission: 'customers:write',
  key: 'email',
  fields: {
    email: emailField,
    name: nameField,
    status: statusField,
    notes: notesField,
    creditLimitCents: creditLimitField,
  },
  defaults: { name: null, status: 'ACTIVE', notes: null, creditLimitCents: null },
  neverImported: new Map([
    ['password', 'Passwords are never imported: the password column is ignored.'],
  ]),
  newId: () => newId('customer'),
  derived: customerKeys,
  stored: customersByEmail,
  concerns: contactsByEmail,
  remark: ({ key, name }: Concern) => ({ issue: `"${key}" belongs to a contact of ${name}.` }),
  usage: customerUsage,
};

import { beforeAll, describe, expect, it } from 'vitest';
import { type CompanyFixture } from '#db/factories.ts';
import { UNSTORABLE } from '#src/lib/fields.ts';
import { type Answer, call } from '../api.ts';
import { freshCompany } from '../context.ts';
import { apiKeyFor } from '../server.ts';

let company: CompanyFixture;
let key: string;
let foreignKey: string;
beforeAll(async () => {
  company = await freshCompany({ apiRateLimit: 2000 });
  ({ key } = await apiKeyFor(company));
  ({ key: foreignKey } = await apiKeyFor(await freshCompany()));
});

let count = 0;
const someEmail = () => `buyer${(count += 1)}@acme.test`;
const post = (json: unknown) => call('POST', '/customers', { key, json });
const patch = (id: string, json: unknown) => call('PATCH', `/customers/${id}`, { key, json });
const problem = (status: number, code: string, error: string) => ({
  status,
  body: { error, code },
});
const bad = (error: string) => problem(400, 'validation', error);

async function someCustomer(fields: object = {}): Promise<Answer['body']> {
  return (await post({ email: someEmail(), ...fields })).body.data;
}

const FULL = {
  name: 'Acme Restaurant Group',
  notes: 'Weekly delivery, dock B.',
  creditLimit: 5000,
  taxRateOverride: 0.08,
  status: 'BLOCKED',
};
const EMPTY = { name: null, notes: null, creditLimit: null, taxRateOverride: null };
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The field, a value, and what is said about it; by POST and by PATCH alike. */
const BAD_VALUES: [string, unknown, string][] = [
  ...['', '  ', 'x'.repeat(201), 5, {}, []].map((value): [string, unknown, string] => [
    'name',
    value,
    'Name must be between 1 and 200 characters.',
  ]),
  ['notes', 'x'.repeat(2001), 'Notes must be at most 2000 characters.'],
  ['notes', 1, 'Notes must be at most 2000 characters.'],
  ...[-0.01, 100_000_000.01, '5000', true, {}, 1e300].map((value): [string, unknown, string] => [
    'creditLimit',
    value,
    'Credit limit must be between 0 and 100000000.',
  ]),
  ['creditLimit', 0.001, 'Credit limit must have at most 2 decimal places.'],
  ...[-0.01, 0.31, '0.08', [], 30].map((value): [string, unknown, string] => [
    'taxRateOverride',
    value,
    'Tax rate override must be between 0 and 0.3.',
  ]),
  ['taxRateOverride', 0.123456, 'Tax rate override must have at most 5 decimal places.'],
  ...['active', 'BLOKED', '', null, 1].map((value): [string, unknown, string] => [
    'status',
    value,
    'Invalid status.',
  ]),
  ...['name', 'notes'].flatMap((field) =>
    ['a\0b', '\uD800', 'x\uDC00'].map((value): [string, unknown, string] => [
      field,
      value,
      UNSTORABLE,
    ]),
  ),
];

describe('POST /api/v1/customers', () => {
  it('creates a customer with everything given', async () => {
    const email = someEmail();
    const { status, body } = await post({ email: `  ${email.toUpperCase()} `, ...FULL });
    expect(status).toBe(201);
    expect(body).toEqual({
      data: {
        id: expect.stringMatching(/^cus_[0-9a-z]{26}$/),
        email,
        ...FULL,
        emailVerified: false,
        createdAt: expect.stringMatching(MOMENT),
        updatedAt: body.data.createdAt,
      },
    });
    expect((await call('GET', `/customers/${body.data.id}`, { key })).body).toEqual(body);
  });

  it('fills in what is not given', async () => {
    const { status, body } = await post({ email: someEmail() });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ ...EMPTY, status: 'ACTIVE', emailVerified: false });
    expect((await post({ email: someEmail(), ...EMPTY })).body.data).toMatchObject(EMPTY);
  });

  it('keeps amounts, rates and long texts exactly', async () => {
    for (const fields of [
      { creditLimit: 0 },
      { creditLimit: 0.07 },
      { creditLimit: 1234.56 },
      { creditLimit: 99_999_999.99 },
      { creditLimit: 100_000_000 },
      { taxRateOverride: 0 },
      { taxRateOverride: 0.3 },
      { taxRateOverride: 0.08875 },
      { name: 'é'.repeat(200) },
      { name: '🍋'.repeat(200) },
      { notes: '<b>&amp;"\'\\\n\t'.repeat(10) + '.' },
      { notes: 'ü'.repeat(2000) },
    ]) {
      expect(await someCustomer(fields)).toMatchObject(fields);
    }
  });

  it.each([
    [{}, 'Email is required.'],
    [{ email: null }, 'Email is required.'],
    [{ email: '' }, 'Email is required.'],
    [{ email: '  ' }, 'Email is required.'],
    [{ email: 5 }, 'Invalid email address.'],
    [{ email: ['a@b.test'] }, 'Invalid email address.'],
    [{ email: 'acme.com' }, 'Invalid email address.'],
    [{ email: 'a@b' }, 'Invalid email address.'],
    [{ email: `${'x'.repeat(250)}@b.test` }, 'Invalid email address.'],
    [{ email: 'a\0@b.test' }, UNSTORABLE],
  ])('refuses %j', async (json, message) => {
    expect(await post(json)).toMatchObject(bad(message));
  });

  it.each(BAD_VALUES)('refuses %s = %j', async (field, value, message) => {
    const { status, body } = await post({ email: someEmail(), [field]: value });
    expect({ status, body }).toEqual(bad(message));
  });

  it('lists everything that is wrong, when it is more than one thing', async () => {
    const { body } = await post({ email: 'acme', creditLimit: -1, status: 'x' });
    expect(body).toEqual({
      error: 'Invalid email address.',
      code: 'validation',
      fields: [
        { path: 'email', message: 'Invalid email address.' },
        { path: 'creditLimit', message: 'Credit limit must be between 0 and 100000000.' },
        { path: 'status', message: 'Invalid status.' },
      ],
    });
  });

  it('refuses an email the company has, in any case, and allows it to another company', async () => {
    const { email } = await someCustomer();
    const taken = problem(409, 'conflict', 'A customer with this email already exists.');
    expect(await post({ email: email.toUpperCase() })).toMatchObject(taken);
    const foreign = await call('POST', '/customers', { key: foreignKey, json: { email } });
    expect(foreign.status).toBe(201);
  });

  it('stops at the plan’s limit', async () => {
    const small = await apiKeyFor(await freshCompany({ maxCustomers: 2 }));
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        call('POST', '/customers', { key: small.key, json: { email: `${name}@small.test` } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(2);
    expect(answers.find(({ status }) => status === 422)).toMatchObject(
      problem(422, 'plan_limit', "Your plan's customer limit has been reached."),
    );
  });
});

describe('PATCH /api/v1/customers/{id}', () => {
  it('changes what is sent and answers with the whole customer', async () => {
    const before = await someCustomer(FULL);
    const { status, body } = await patch(before.id, { name: 'Downtown', status: 'ACTIVE' });
    expect(status).toBe(200);
    expect(body.data).toEqual({
      ...before,
      name: 'Downtown',
      status: 'ACTIVE',
      updatedAt: expect.stringMatching(MOMENT),
    });
    expect(body.data.updatedAt > before.updatedAt).toBe(true);
  });

  it('clears with null', async () => {
    const { id } = await someCustomer(FULL);
    expect((await patch(id, EMPTY)).body.data).toMatchObject(EMPTY);
  });

  it('writes nothing when nothing changes', async () => {
    const before = await someCustomer(FULL);
    for (const json of [{}, FULL, { unknown: 1 }]) {
      const { status, body } = await patch(before.id, json);
      expect({ status, data: body.data }).toEqual({ status: 200, data: before });
    }
  });

  it('does not change the email', async () => {
    const { id, email } = await someCustomer();
    for (const value of ['new@acme.test', email, null, '', 5]) {
      expect(await patch(id, { email: value })).toMatchObject(bad('Email cannot be changed.'));
    }
  });

  it.each(BAD_VALUES)('refuses %s = %j', async (field, value, message) => {
    const { id } = await someCustomer();
    const { status, body } = await patch(id, { [field]: value });
    expect({ status, body }).toEqual(bad(message));
  });
});

describe('a customer that is not there', () => {
  it.each([
    'cus_01k9h7m3v8e4nspb3s0h8x2v7q',
    'nonsense',
    'com_01k9h7m3v8e4nspb3s0h8x2v7q',
    '%00',
    '%F0%9F',
    "'",
  ])('is not found: %s', async (id) => {
    const missing = problem(404, 'not_found', 'Customer not found.');
    expect(await call('GET', `/customers/${id}`, { key })).toMatchObject(missing);
    expect(await patch(id, { notes: 'x' })).toMatchObject(missing);
  });

  it('is another company’s', async () => {
    const { id } = await someCustomer();
    const missing = problem(404, 'not_found', 'Customer not found.');
    expect(await call('GET', `/customers/${id}`, { key: foreignKey })).toMatchObject(missing);
    const attempt = { key: foreignKey, json: { notes: 'mine' } };
    expect(await call('PATCH', `/customers/${id}`, attempt)).toMatchObject(missing);
    expect((await call('GET', `/customers/${id}`, { key })).body.data.notes).toBeNull();
  });
});

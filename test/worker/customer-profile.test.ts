import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { getCustomer } from '#src/customers/queries.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { isStorable } from '#src/lib/fields.ts';
import { as, freshCompany } from '../context.ts';
import { blns, inTurn } from '../hostile.ts';
import { server, staffCookie } from '../server.ts';
import { type Ask, browserOf, hrefOf } from '../staff.ts';

const LIST = '/dashboard/customers';

let company: CompanyFixture;
let ask: Ask;

beforeAll(async () => {
  company = await freshCompany();
  ask = await browserOf(company, 'MEMBER');
});

describe('a profile', () => {
  const opened = { notes: '', creditLimit: '', shownNotes: '', shownCreditLimit: '', version: '1' };
  const create = (input: object = {}) =>
    createCustomer(as(company, 'OWNER'), { email: `${newId('customer')}@one.test`, ...input });

  it('shows everything about one customer, and says that there are no orders', async () => {
    const { id } = await create({
      name: '<i>Bella</i>',
      creditLimit: 1200.5,
      notes: '</textarea>',
    });
    const page = await ask(`${LIST}/${id}`);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    expect(page.text).toContain('<h1>&lt;i&gt;Bella&lt;/i&gt;</h1>');
    expect(page.text).toContain('$1,200.50');
    expect(page.text).toContain('&lt;/textarea&gt;</textarea>');
    expect(page.text).toContain('No orders yet');
    expect(page.text).not.toContain('Recent changes');
    const managers = await (await browserOf(company, 'ADMIN'))(`${LIST}/${id}`);
    expect(managers).toMatchObject({ status: 200, roundTrips: 1 });
    expect(managers.text).toContain('Customer created');
    expect(hrefOf(managers.text, 'See all')).toBe(`/dashboard/settings/audit?entity=${id}`);
  });

  it('saves notes and credit limit, and nothing when nothing was changed', async () => {
    const { id } = await create();
    const path = `${LIST}/${id}`;
    const fields = { ...opened, notes: 'Dock B\r\nRing twice', creditLimit: '1200.50' };
    const saved = await ask(path, fields);
    expect(saved).toMatchObject({ status: 303, location: path, roundTrips: 1 });
    expect(saved.flash).toContain('is saved.');
    const customer = await getCustomer(as(company, 'OWNER'), id);
    expect(customer).toMatchObject({ notes: 'Dock B\nRing twice', creditLimitCents: 120050 });

    const { notes, creditLimit } = fields;
    const same = { notes, creditLimit, shownNotes: notes, shownCreditLimit: creditLimit };
    const again = await ask(path, { ...same, version: '2' });
    expect(again).toMatchObject({ status: 303, roundTrips: 1 });
    expect(again.flash).toContain('Nothing was changed');
    const cleared = { ...same, notes: ' ', creditLimit: '', version: '2' };
    await ask(path, cleared);
    expect(await getCustomer(as(company, 'OWNER'), id)).toMatchObject({
      notes: null,
      creditLimitCents: null,
      version: 3,
    });
  });

  it('gives back what was typed, with the error beside its field', async () => {
    const { id } = await create({ notes: 'stored' });
    const fields = { ...opened, notes: 'typed', shownNotes: 'stored', creditLimit: '1200,50' };
    const page = await ask(`${LIST}/${id}`, fields);
    expect(page).toMatchObject({ status: 422, roundTrips: 1 });
    expect(page.text).toContain('Did you mean 1,200.50? Use a dot for decimals.');
    expect(page.text).toMatch(/<input[^>]*name="creditLimit"[^>]*autofocus[^>]*value="1200,50"/);
    expect(page.text).toMatch(/<textarea[^>]*>typed<\/textarea>/);
    expect(page.text).toContain('name="version" value="1"');
    expect(page.text).toContain('name="shownNotes" value="stored"');
    expect((await getCustomer(as(company, 'OWNER'), id)).notes).toBe('stored');
  });

  it('puts what somebody else saved beside what was typed', async () => {
    const { id } = await create();
    await updateCustomer(as(company, 'ADMIN'), id, { notes: 'theirs' }, 1);
    const page = await ask(`${LIST}/${id}`, { ...opened, notes: 'mine' });
    expect(page).toMatchObject({ status: 409, roundTrips: 1 });
    expect(page.text).toMatch(/<textarea[^>]*name="notes"[^>]*>mine<\/textarea>/);
    expect(page.text).toMatch(/<textarea[^>]*readonly[^>]*>theirs<\/textarea>/);
    expect(page.text).toContain('name="version" value="2"');
    // The limit was not touched, so there is nothing to decide about it.
    expect(page.text).not.toContain('saved-creditLimit');
    expect((await getCustomer(as(company, 'OWNER'), id)).notes).toBe('theirs');

    const decided = { ...opened, notes: 'mine', shownNotes: 'theirs', version: '2' };
    expect(await ask(`${LIST}/${id}`, decided)).toMatchObject({ status: 303 });
    expect((await getCustomer(as(company, 'OWNER'), id)).notes).toBe('mine');
  });

  it('blocks after asking, and activates', async () => {
    const { id } = await create({ name: 'Bella' });
    const path = `${LIST}/${id}`;
    expect((await ask(path)).text).toContain('Block Bella?');
    for (const [status, words] of [
      ['BLOCKED', 'Bella is blocked.'],
      ['BLOCKED', 'Bella was already blocked.'],
      ['ACTIVE', 'Bella is active again.'],
      ['ACTIVE', 'Bella was already active.'],
    ] as const) {
      const answer = await ask(`${path}/status`, { status });
      expect(answer).toMatchObject({ status: 303, location: path, roundTrips: 1 });
      expect(answer.flash).toContain(words);
      expect(await getCustomer(as(company, 'OWNER'), id)).toMatchObject({ status });
    }
    for (const fields of [{ status: 'GONE' }, {}])
      expect((await ask(`${path}/status`, fields)).status).toBe(400);
  });

  it('of nobody is a page in the frame of the dashboard', async () => {
    for (const id of [newId('customer'), 'nonsense', '%00', '%ED%A0%80']) {
      const answers = [
        await ask(`${LIST}/${id}`),
        await ask(`${LIST}/${id}`, opened),
        await ask(`${LIST}/${id}`, { ...opened, creditLimit: 'x' }),
        await ask(`${LIST}/${id}/status`, { status: 'BLOCKED' }),
      ];
      for (const { status, text, roundTrips } of answers) {
        expect({ status, roundTrips }, id).toEqual({ status: 404, roundTrips: 1 });
        expect(text).toContain('Customer not found.');
        expect(text).toContain('aria-label="Main"');
      }
    }
  });

  it('takes what is no form for an empty one', async () => {
    const { id } = await create({ notes: 'stored' });
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x', 'text/plain']) {
      for (const [path, status] of [
        [`${LIST}/${id}`, 422],
        [`${LIST}/${id}/status`, 400],
      ] as const) {
        const headers = {
          Cookie: await staffCookie(company, 'MEMBER'),
          'Sec-Fetch-Site': 'same-origin',
        };
        const response = await server.fetch(path, {
          method: 'POST',
          headers: { ...headers, 'Content-Type': type },
          body: 'no form',
        });
        expect(response.status, `${type} to ${path}`).toBe(status);
        await response.text();
      }
    }
    expect((await getCustomer(as(company, 'OWNER'), id)).notes).toBe('stored');
  });

  it('takes whatever people type', async () => {
    const { id } = await create();
    await inTurn(blns, async (notes) => {
      // Of no version, so that the page comes back with what was typed.
      const page = await ask(`${LIST}/${id}`, { ...opened, notes, version: '0' });
      const answers = isStorable(notes) ? [409, 303] : [422];
      expect(answers, notes).toContain(page.status);
      if (/<[a-z/!]/i.test(notes)) expect(page.text).not.toContain(notes.trim());
      const found = await ask(`${LIST}?q=${encodeURIComponent(notes.toWellFormed())}`);
      expect(found.status, notes).toBe(200);
      if (/<[a-z/!]/i.test(notes)) expect(found.text).not.toContain(notes.trim());
    });
  }, 180_000);
});

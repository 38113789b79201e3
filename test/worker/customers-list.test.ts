import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { type Ask, browserOf, browserWith, hrefOf } from '../staff.ts';

const LIST = '/dashboard/customers';

let company: CompanyFixture;
let ask: Ask;

beforeAll(async () => {
  company = await freshCompany({ timeZone: 'Pacific/Kiritimati' });
  ask = await browserOf(company, 'MEMBER');
});

/** The table as it is read: the text of each cell, row by row. What stands outside a cell is not in it. */
function rowsIn(page: string): string[][] {
  const body = page.slice(page.indexOf('<tbody'), page.indexOf('</tbody>'));
  return [...body.matchAll(/<tr\b[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<td\b[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) =>
      cell.replaceAll(/<[^>]*>/g, '').trim(),
    ),
  );
}

const namesIn = (page: string) => rowsIn(page).map(([name]) => name);

describe('the list', () => {
  it('explains the two ways in while it is empty', async () => {
    const empty = await freshCompany({ slug: `empty-${company.slug}` });
    const page = await (await browserOf(empty, 'MEMBER'))(LIST);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    expect(page.text).toContain('No customers yet');
    expect(page.text).toContain(`/store/${empty.slug}/register`);
    expect(hrefOf(page.text, 'Import CSV')).toBe(`${LIST}/import`);
    expect(page.text).not.toContain('Add customer');
  });

  describe('of sixty', () => {
    beforeAll(async () => {
      const ctx = as(company, 'OWNER');
      for (let n = 1; n <= 60; n += 1) {
        const number = String(n).padStart(2, '0');
        await createCustomer(ctx, {
          email: `c${number}@many.test`,
          name: n === 60 ? null : `Restaurant ${number}`,
          status: n % 20 === 0 ? 'BLOCKED' : 'ACTIVE',
        });
      }
    });

    it('pages forth and back with one round trip each', async () => {
      const pages = [await ask(`${LIST}?sort=name`)];
      for (let next; (next = hrefOf(pages.at(-1)?.text ?? '', 'Next'));)
        pages.push(await ask(next));
      const [first, second, third] = pages.map(({ text }) => text);
      expect(pages.map(({ roundTrips }) => roundTrips)).toEqual([1, 1, 1]);
      expect(first).toContain('25 of 60 customers');
      expect(hrefOf(first ?? '', 'Previous')).toBeUndefined();
      const names = [first, second, third].flatMap((text = '') => namesIn(text));
      expect(names).toHaveLength(60);
      // One without a name is listed by the email.
      expect(names.slice(0, 2)).toEqual(['c60@many.test', 'Restaurant 01']);
      const back = await ask(hrefOf(third ?? '', 'Previous') ?? '');
      expect(namesIn(back.text)).toEqual(namesIn(second ?? ''));
      const start = await ask(hrefOf(back.text, 'Previous') ?? '');
      expect(namesIn(start.text)).toEqual(namesIn(first ?? ''));
      expect(hrefOf(start.text, 'Previous')).toBeUndefined();
      expect(hrefOf(start.text, 'Next')).toBeDefined();
    });

    it('shows seven columns, honest about there being no orders', async () => {
      const { text } = await ask(`${LIST}?q=c20@&sort=name`);
      const [[name, email, status, orders, spent, lastOrder, joined] = [], ...others] =
        rowsIn(text);
      expect([name, email, status]).toEqual(['Restaurant 20', 'c20@many.test', 'Blocked']);
      expect([orders, spent, lastOrder]).toEqual(['0', '$0.00', '&mdash;']);
      expect(joined).toMatch(/^\w{3} \d{1,2}, \d{4}$/);
      expect(others).toEqual([]);
    });

    it('filters, and keeps the filter in every link', async () => {
      const page = await ask(`${LIST}?q=RESTAURANT&status=BLOCKED&sort=-email`);
      expect(namesIn(page.text)).toEqual(['Restaurant 40', 'Restaurant 20']);
      expect(page.text).toContain('2 customers');
      expect(page.text).toContain('aria-sort="descending"');
      expect(hrefOf(page.text, 'Export CSV')).toBe(
        `${LIST}/export?q=RESTAURANT&status=BLOCKED&sort=-email`,
      );
      expect(hrefOf(page.text, 'Email')).toBe(`${LIST}?q=RESTAURANT&status=BLOCKED&sort=email`);
    });

    it('offers to clear filters that nobody passes', async () => {
      const page = await ask(`${LIST}?q=%3Cb%3E&status=BLOCKED&sort=name`);
      expect(page).toMatchObject({ status: 200, roundTrips: 1 });
      expect(page.text).toContain('None of them has “&lt;b&gt;”');
      expect(hrefOf(page.text, 'Clear filters')).toBe(`${LIST}?sort=name`);
    });

    it('shows its first page at an address that makes no sense', async () => {
      const cursor = (...parts: string[]) => encodeURIComponent(btoa(JSON.stringify(parts)));
      const first = namesIn((await ask(LIST)).text);
      expect(first[0]).toBe('c60@many.test');
      for (const query of [
        'sort=nonsense&status=nonsense',
        'after=nonsense&before=%00',
        `after=${cursor('name', 'Restaurant 20', 'cus_x')}`,
        `before=${cursor('created', '0000-01-01T00:00:00.000Z', 'cus_x')}`,
        `after=${cursor('created', '2026-02-30T00:00:00.000Z', 'cus_x')}`,
        'sort=&sort=name&q=&q=',
      ]) {
        const page = await ask(`${LIST}?${query}`);
        expect(page, query).toMatchObject({ status: 200, roundTrips: 1 });
        expect(namesIn(page.text), query).toEqual(first);
      }
      const gone = await ask(`${LIST}?sort=name&after=${cursor('name', 'zzz', 'cus_x')}`);
      expect(gone.text).toContain('No customers on this page any more');
    });

    it('finds nobody by a text that cannot be stored', async () => {
      for (const q of ['%00', 'a%00b', '%ED%A0%80', '%', '%FF']) {
        const page = await ask(`${LIST}?q=${q}`);
        expect(page, q).toMatchObject({ status: 200, roundTrips: 1 });
      }
      expect(namesIn((await ask(`${LIST}?q=%00`)).text)).toEqual([]);
      expect((await ask(`${LIST}/export?q=%00`)).status).toBe(200);
    });

    it('is exported as it is filtered', async () => {
      const file = await ask(`${LIST}/export?q=many&status=BLOCKED&sort=-email&after=nonsense`);
      expect(file).toMatchObject({ status: 200, roundTrips: 1 });
      expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      // It is always a day ahead there.
      const day = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
      expect(file.headers.get('content-disposition')).toBe(
        `attachment; filename="customers-${day}.csv"`,
      );
      expect(file.text.replace('\uFEFF', '').split('\r\n')).toEqual([
        'email,name,status,notes,creditLimit',
        'c20@many.test,Restaurant 20,BLOCKED,,',
        'c40@many.test,Restaurant 40,BLOCKED,,',
        'c60@many.test,,BLOCKED,,',
        '',
      ]);
    });
  });

  it('asks strangers to log in', async () => {
    for (const path of [`${LIST}?q=x`, `${LIST}/export`, `${LIST}/${newId('customer')}`]) {
      const { status, location } = await browserWith('')(path);
      expect({ status, location }).toEqual({
        status: 303,
        location: `/login?next=${encodeURIComponent(path)}`,
      });
    }
  });
});

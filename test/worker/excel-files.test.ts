import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { server, staffCookie } from '../server.ts';
import { someEmail } from '../storefront.ts';
import { registeredBrowser } from '../storefront-browser.ts';

let company: CompanyFixture;
let staff: string;
let buyer: string;
let prices: string;

beforeAll(async () => {
  company = await freshCompany();
  staff = await staffCookie(company, 'OWNER');
  const { id } = await createCustomer(as(company, 'OWNER'), { email: someEmail() });
  prices = `/dashboard/customers/${id}/prices/list`;
  const { jar } = await registeredBrowser(company.slug, someEmail());
  buyer = [...jar.values()].map(({ name, value }) => `${name}=${value}`).join('; ');
});

/** Sends a form with this file. */
async function sendFile(path: string, cookie: string, bytes: number[], typed: object) {
  const form = new FormData();
  for (const [name, value] of Object.entries(typed)) form.set(name, String(value));
  form.set('file', new File([new Uint8Array(bytes)], 'order.csv'));
  const encoded = new Response(form);
  const response = await server.fetch(path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Cookie: cookie,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': encoded.headers.get('Content-Type') ?? '',
    },
    body: await encoded.arrayBuffer(),
  });
  return { status: response.status, text: await response.text() };
}

const PASTE = 'This is an Excel file. Save it as CSV, or copy the cells and paste them here.';
const UPLOAD = 'This is an Excel file. Save it as CSV.';

describe.each([
  ['.xlsx', [0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0]],
  ['.xls', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
])('a file with the bytes of %s is called one', (_, bytes) => {
  it('in a quick order, with what was typed', async () => {
    const path = `/store/${company.slug}/quick-order`;
    const { status, text } = await sendFile(path, buyer, bytes, { rows: 'F-1 2' });
    expect(status).toBe(422);
    expect(text).toContain(PASTE);
    expect(text).toContain('F-1 2</textarea>');
  });

  it('in a price list, with what was typed', async () => {
    const { status, text } = await sendFile(prices, staff, bytes, { list: 'F-1 2' });
    expect(status).toBe(422);
    expect(text).toContain(PASTE);
    expect(text).toContain('F-1 2</textarea>');
  });

  it.each(['customers', 'inventory'])('in an import of %s', async (list) => {
    const { status, text } = await sendFile(`/dashboard/${list}/import`, staff, bytes, {});
    expect(status).toBe(422);
    expect(text).toContain(UPLOAD);
  });
});

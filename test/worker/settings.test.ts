import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { auditEntries } from '#db/schema/index.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import type { Role } from '#src/permissions.ts';
import { tenant } from '#src/tenant.ts';
import { context, freshCompany } from '../context.ts';
import { server, staffCookie } from '../server.ts';
import { someEmail } from '../storefront.ts';
import { registeredBrowser } from '../storefront-browser.ts';

const KEYS = '/dashboard/settings/api-keys';
const COMPANY = '/dashboard/settings/company';
const STOREFRONT = '/dashboard/settings/storefront';
const AUDIT = '/dashboard/settings/audit';
const PASSWORD = 'the right password';

let company: CompanyFixture;
let requests = 0;

beforeAll(async () => {
  const passwordHash = await argon2Hasher.hash(PASSWORD);
  company = await freshCompany({ name: 'Before', maxCustomers: 25, passwordHash });
});

/** One request as the member's browser makes it, and what it cost the database. */
async function ask(role: Role, path: string, fields?: Record<string, string>) {
  const requestId = `settings-${company.id.slice(-8)}-${++requests}`;
  const response = await server.fetch(path, {
    redirect: 'manual',
    headers: {
      Cookie: await staffCookie(company, role),
      'Sec-Fetch-Site': 'same-origin',
      'X-Request-Id': requestId,
      ...(fields && { 'Content-Type': 'application/x-www-form-urlencoded' }),
    },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields).toString() }),
  });
  const text = await response.text();
  const stats = await fetch(`${inject('endpointUrl')}/stats/${requestId}`);
  const { roundTrips } = (await stats.json()) as { roundTrips: number };
  const { status, headers } = response;
  return { status, headers, location: headers.get('location'), text, roundTrips };
}

describe('settings', () => {
  it('cost one round trip a page, and start where one may begin', async () => {
    for (const path of ['/dashboard', COMPANY, STOREFRONT, KEYS, AUDIT, `${AUDIT}.csv`]) {
      expect(await ask('OWNER', path)).toMatchObject({ status: 200, roundTrips: 1 });
    }
    expect(await ask('ADMIN', '/dashboard/settings')).toMatchObject({
      status: 303,
      location: COMPANY,
    });
    expect((await ask('MEMBER', '/dashboard/settings')).location).toBe(
      '/dashboard/settings/profile',
    );
  });

  it('take a version nobody saw, a body that is no form, and no more than people type', async () => {
    const fields = { name: 'Before', timeZone: 'UTC', currency: 'USD' };
    const answer = await ask('OWNER', COMPANY, { ...fields, version: '9007199254740991' });
    expect(answer.status).toBe(409);
    const headers = {
      Cookie: await staffCookie(company, 'OWNER'),
      'Sec-Fetch-Site': 'same-origin',
    };
    const broken = { ...headers, 'Content-Type': 'multipart/form-data' };
    const init = { method: 'POST', headers: broken, body: 'x' };
    expect((await server.fetch(KEYS, init)).status).toBe(422);
    const body = new URLSearchParams({ name: 'x'.repeat(1_048_576) }).toString();
    for (const path of [COMPANY, '/login']) {
      const huge = { method: 'POST', headers, body };
      expect((await server.fetch(path, huge)).status, path).toBe(413);
    }
  });

  it('send members home, and refuse what members post', async () => {
    for (const path of [COMPANY, STOREFRONT, KEYS, AUDIT, `${AUDIT}.csv`]) {
      expect(await ask('MEMBER', path)).toMatchObject({ status: 303, location: '/dashboard' });
    }
    const settings = { name: 'Mine', timeZone: 'UTC', currency: 'EUR', version: '1' };
    for (const [path, fields] of [
      [COMPANY, settings],
      [STOREFRONT, { slug: 'mine', version: '1' }],
      [KEYS, { name: 'Mine', scopes: 'orders:read' }],
      [`${KEYS}/${newId('apiKey')}/revoke`, {}],
    ] as const) {
      expect((await ask('MEMBER', path, fields)).status).toBe(403);
    }
  });

  it('save the company, and give back what was typed when they cannot', async () => {
    const { text } = await ask('OWNER', COMPANY);
    const version = /name="version" value="(\d+)"/.exec(text)?.[1] ?? '';
    const form = {
      name: 'After',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
      version,
    };
    const wrong = await ask('ADMIN', COMPANY, { ...form, name: 'T', invoiceDetails: 'a & b' });
    expect(wrong).toMatchObject({ status: 422, roundTrips: 1 });
    expect(wrong.text).toContain('Company name must be between 2 and 100 characters.');
    expect(wrong.text).toContain('a &amp; b</textarea>');

    expect(await ask('ADMIN', COMPANY, form)).toMatchObject({
      status: 303,
      location: COMPANY,
      roundTrips: 1,
    });
    const late = await ask('OWNER', COMPANY, { ...form, name: 'Late' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Someone else just updated these settings.');
  });

  it('save the storefront: its address, who may register, and how customers reach the company', async () => {
    const { text } = await ask('OWNER', STOREFRONT);
    const form = {
      slug: `after-${company.slug}`,
      registrationOpen: 'on',
      contactEmail: 'Orders@After.test',
      contactPhone: '+1 (360) 555-0100 <Ann>',
      openingHours: 'Mon to Fri\r\n6:00 to 17:00',
      version: /name="version" value="(\d+)"/.exec(text)?.[1] ?? '',
    };
    const refused = await ask('ADMIN', STOREFRONT, {
      ...form,
      slug: 'Not a slug',
      contactEmail: 'nobody',
      contactPhone: '1'.repeat(41),
      openingHours: 'x'.repeat(201),
    });
    expect(refused).toMatchObject({ status: 422, roundTrips: 1 });
    for (const problem of [
      'Storefront address may contain lower-case letters, digits and single dashes.',
      'Invalid email address.',
      'Phone must be at most 40 characters.',
      'Opening hours must be at most 200 characters.',
    ]) {
      expect(refused.text).toContain(problem);
    }
    expect(refused.text).toContain('value="Not a slug"');

    const other = await freshCompany();
    const taken = await ask('ADMIN', STOREFRONT, { ...form, slug: other.slug });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('This storefront address is already taken.');

    expect(await ask('ADMIN', STOREFRONT, form)).toMatchObject({
      status: 303,
      location: STOREFRONT,
      roundTrips: 1,
    });
    const late = await ask('OWNER', STOREFRONT, { ...form, slug: `late-${company.slug}` });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Someone else just updated these settings.');
    expect((await ask('OWNER', '/dashboard')).text).toContain(`/store/after-${company.slug}`);
    const log = (await ask('OWNER', AUDIT)).text;
    for (const label of ['Storefront address', 'Contact email', 'Phone', 'Opening hours']) {
      expect(log).toContain(label);
    }

    const customer = await registeredBrowser(form.slug, someEmail());
    const catalog = await customer(`/store/${form.slug}/catalog`);
    expect(catalog.text).toContain('href="mailto:orders@after.test"');
    expect(catalog.text).toContain('href="tel:+13605550100"');
    expect(catalog.text).toContain('Mon to Fri\n6:00 to 17:00');
    const stranger = await server.fetch(`/store/${form.slug}/login`);
    expect(await stranger.text()).not.toContain('orders@after.test');
  });

  it('take what orders and invoices go by, and give back what they cannot read', async () => {
    const page = (await ask('OWNER', COMPANY)).text;
    const valueOf = (name: string, text = page) =>
      new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1] ?? '';
    const form = {
      name: valueOf('name'),
      timeZone: 'UTC',
      currency: 'EUR',
      version: valueOf('version'),
      taxRate: '8.25',
      shipping: '12.50',
      freeShippingFrom: '500',
      lowStockThreshold: '10',
      paperSize: 'A4',
      invoiceDetails: '1 Main Street\r\nTax ID <12>',
    };
    const wrong = { taxRate: '30.1', shipping: '12,50', lowStockThreshold: '', paperSize: 'A3' };
    const refused = await ask('ADMIN', COMPANY, { ...form, ...wrong, freeShippingFrom: '-5' });
    expect(refused).toMatchObject({ status: 422, roundTrips: 1 });
    for (const problem of [
      'Tax rate must be between 0 and 30 %.',
      'Did you mean 12.50? Use a dot for decimals.',
      'Free shipping from must be between 0 and 100,000,000.',
      'Low-stock threshold is required.',
      'Choose a paper size from the list.',
    ]) {
      expect(refused.text).toContain(problem);
    }
    expect(valueOf('taxRate', refused.text)).toBe('30.1');
    expect(valueOf('shipping', refused.text)).toBe('12,50');
    expect(refused.text).toContain('Tax ID &lt;12&gt;</textarea>');
    expect(refused.text.match(/autofocus/g)).toHaveLength(1);

    expect(await ask('ADMIN', COMPANY, form)).toMatchObject({ status: 303, roundTrips: 1 });
    const saved = (await ask('OWNER', COMPANY)).text;
    expect(valueOf('taxRate', saved)).toBe('8.25');
    expect(valueOf('shipping', saved)).toBe('12.50');
    expect(valueOf('freeShippingFrom', saved)).toBe('500.00');
    expect(saved).toContain('<option value="A4" selected');
    expect((await ask('OWNER', AUDIT)).text).toContain('8.25%');

    // What was typed beside somebody else's change is still there, and theirs is kept.
    const late = await ask('OWNER', COMPANY, { ...form, taxRate: '9.5' });
    expect(late.status).toBe(409);
    expect(valueOf('taxRate', late.text)).toBe('9.5');
    expect(valueOf('taxRate', (await ask('OWNER', COMPANY)).text)).toBe('8.25');
  });

  it('open and close the storefront to strangers', async () => {
    const page = (await ask('OWNER', STOREFRONT)).text;
    expect(page).toContain('Customers can register');
    const isOpen = (text: string) => /<input[^>]*name="registrationOpen"[^>]*checked/.test(text);
    expect(isOpen(page)).toBe(true);
    const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';
    const slug = /name="slug"[^>]*value="([^"]+)"/.exec(page)?.[1] ?? '';
    const form = { slug, version };
    expect((await ask('OWNER', STOREFRONT, form)).status).toBe(303);
    expect(isOpen((await ask('OWNER', STOREFRONT)).text)).toBe(false);
    expect((await ask('OWNER', '/dashboard')).text).toContain('Registration is closed');
    // What was ticked stays ticked beside a mistake.
    const wrong = await ask('OWNER', STOREFRONT, { ...form, slug: 'A', registrationOpen: 'on' });
    expect(wrong.status).toBe(422);
    expect(isOpen(wrong.text)).toBe(true);
  });
});

describe('API keys', () => {
  it('are shown once, not created again by a reload, and stop when revoked', async () => {
    const { text } = await ask('OWNER', KEYS);
    const id = /name="id" value="(key_\w+)"/.exec(text)?.[1] ?? '';
    const form = { id, name: 'ERP', scopes: 'customers:read', expiresOn: '', password: PASSWORD };

    expect(await ask('OWNER', KEYS, { id, name: '', expiresOn: '' })).toMatchObject({
      status: 422,
      roundTrips: 1,
    });
    const created = await ask('OWNER', KEYS, form);
    expect(created).toMatchObject({ status: 200, roundTrips: 2 });
    const key = /dk_[\w-]{43}/.exec(created.text)?.[0] ?? '';
    const use = () =>
      server.fetch('/api/v1/customers', { headers: { Authorization: `Bearer ${key}` } });
    expect((await use()).status).toBe(200);

    const again = await ask('OWNER', KEYS, form);
    expect(again.status).toBe(409);
    expect(again.text).toContain('was already created');
    const list = (await ask('OWNER', KEYS)).text;
    expect(list.match(/role="row"/g)).toHaveLength(2);
    expect(again.text + list).not.toContain(key);

    expect(await ask('ADMIN', `${KEYS}/${id}/revoke`, {})).toMatchObject({
      status: 303,
      roundTrips: 1,
    });
    expect((await use()).status).toBe(401);
    expect((await ask('ADMIN', `${KEYS}/nonsense/revoke`, {})).status).toBe(404);
  });
});

/** Where the page's link to the entries after (or before) it leads. */
function neighbour(text: string, direction: 'after' | 'before'): string {
  const href = new RegExp(`href="([^"]*&amp;${direction}=[^"]*)"`).exec(text)?.[1] ?? '';
  return href.replaceAll('&amp;', '&');
}

describe('the audit log', () => {
  it('pages forwards and back with its filters kept, and exports all that is filtered', async () => {
    const ctx = context({ kind: 'job', companyId: company.id, actor: 'Test' });
    await tenant(ctx, 'audit:read', 'bulk').batch([
      ctx.db.insert(auditEntries).values(
        Array.from({ length: 1203 }, (_, n) => ({
          companyId: company.id,
          actorType: 'SYSTEM' as const,
          action: 'StockCounted',
          entityType: 'Shelf',
          entityName: `=shelf ${n}, <i>"A"</i>`,
          details: { counted: n },
        })),
      ),
    ]);
    const query = 'action=StockCounted&actor=SYSTEM&from=2020-01-01';
    const first = await ask('OWNER', `${AUDIT}?${query}&type=%00&to=never`);
    expect(first.text).toContain('Stock counted');
    expect(first.text).not.toContain('<i>');
    const next = neighbour(first.text, 'after');
    expect(next).toContain('action=StockCounted');
    const second = await ask('OWNER', next);
    expect(second).toMatchObject({ status: 200, roundTrips: 1 });
    expect(second.text).toContain('=shelf 1152,');
    const back = await ask('OWNER', neighbour(second.text, 'before'));
    expect(back.text).toContain('=shelf 1202,');
    expect((await ask('OWNER', `${AUDIT}?after=junk&entity=%EF%BF%BD`)).status).toBe(200);

    const file = await ask('OWNER', `${AUDIT}.csv?${query}`);
    expect(file.headers.get('content-disposition')).toContain('audit-log.csv');
    const lines = file.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1204);
    expect(lines[1]).toContain(`"'=shelf 1202, <i>""A""</i>"`);
    expect(lines[1]).toContain('Counted: 1202');
    expect(file.roundTrips).toBe(2);
  });
});

import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { formerSlugs } from '#db/schema/index.ts';
import { createApiKey } from '../api-keys/create-api-key.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { listAuditEntries } from '../audit/queries.ts';
import { type Id, newId } from '#db/ids.ts';
import { system, tenant } from '../tenant.ts';
import { CONFIRMATION, as, context, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { registered } from '../../test/storefront.ts';
import { getOrderDetail } from '../orders/order-detail.ts';
import { placeOrder } from '../orders/place-order.ts';
import { NOT_ACCEPTING } from '../storefront/register.ts';
import { currencyCodes, TIME_ZONES } from './choices.ts';
import type { Ctx } from '../context.ts';
import { getDashboardHome } from './dashboard-home.ts';
import { getCompany } from './queries.ts';
import { CompanyInput } from './schema.ts';
import { trialNotice } from './trial.ts';
import { updateCompany } from './update-company.ts';

const settings = {
  name: 'Acme Foods',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  registrationOpen: true,
};
const unique = (word: string) => `${word}-${newId('company').slice(-8)}`;

async function sumsOf(ctx: Ctx, id: Id<'order'>) {
  const { order } = await getOrderDetail(ctx, id);
  const { taxRatePpm, taxCents, shippingCents, totalCents } = order;
  return { ppm: taxRatePpm, tax: taxCents, shipping: shippingCents, total: totalCents };
}

async function formerOwner(slug: string): Promise<string | undefined> {
  const ctx = context({ kind: 'nobody' });
  const [rows] = await system(ctx).batch([
    ctx.db.select().from(formerSlugs).where(eq(formerSlugs.slug, slug)),
  ]);
  return rows[0]?.companyId;
}

describe('company settings', () => {
  it('saves them in one audited change', async () => {
    const ctx = as(await freshCompany(), 'ADMIN');
    const slug = unique('acme');
    const result = await updateCompany(ctx, { ...settings, slug }, 1);
    expect(result).toMatchObject({ ok: true, company: { ...settings, slug, version: 2 } });
    const { rows } = await listAuditEntries(ctx, { action: 'CompanyUpdated' }, { limit: 10 });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.details).toMatchObject({ currency: { from: 'USD', to: 'EUR' } });
  });

  it('does not overwrite what somebody else saved meanwhile, and writes nothing for no change', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const input = { ...settings, slug: company.slug };
    await updateCompany(ctx, input, 1);
    expect(await updateCompany(ctx, { ...input, name: 'Other' }, 1)).toMatchObject({
      ok: false,
      reason: 'changed_meanwhile',
      current: { name: 'Acme Foods', version: 2 },
    });
    expect(await updateCompany(ctx, input, 2)).toMatchObject({ ok: true, company: { version: 2 } });
    expect(await formerOwner(company.slug)).toBeUndefined();
  });

  it('closes registration at the storefront, and says so in the log', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'ADMIN');
    const input = { ...settings, slug: company.slug };
    await updateCompany(ctx, { ...input, registrationOpen: false }, 1);
    expect(await getCompany(ctx)).toMatchObject({ registrationOpen: false, version: 2 });
    await expect(registered(company)).rejects.toMatchObject({
      code: 'rule',
      message: NOT_ACCEPTING,
    });
    const { rows } = await listAuditEntries(ctx, { action: 'CompanyUpdated' }, { limit: 10 });
    expect(rows[0]?.details).toMatchObject({ registrationOpen: { from: true, to: false } });
    await updateCompany(ctx, input, 2);
    await registered(company);
  });

  it('keeps a former slug until somebody takes it (decision 12)', async () => {
    const [one, other] = await Promise.all([freshCompany(), freshCompany()]);
    const [first, second] = [one.slug, unique('second')];
    await updateCompany(as(one, 'OWNER'), { ...settings, slug: second }, 1);
    expect(await formerOwner(first)).toBe(one.id);

    await updateCompany(as(other, 'OWNER'), { ...settings, slug: first }, 1);
    expect(await formerOwner(first)).toBeUndefined();
    expect(await formerOwner(other.slug)).toBe(other.id);

    expect(await updateCompany(as(one, 'OWNER'), { ...settings, slug: first }, 2)).toMatchObject({
      ok: false,
      reason: 'slug_taken',
    });
    expect(await getCompany(as(one, 'OWNER'))).toMatchObject({ slug: second, version: 2 });
  });

  it('takes its own former slug back', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const away = unique('away');
    await updateCompany(ctx, { ...settings, slug: away }, 1);
    await updateCompany(ctx, { ...settings, slug: company.slug }, 2);
    expect(await formerOwner(company.slug)).toBeUndefined();
    expect(await formerOwner(away)).toBe(company.id);
  });

  it('gives a slug to one of those who want it at the same moment', async () => {
    const companies = await Promise.all([freshCompany(), freshCompany(), freshCompany()]);
    const slug = unique('wanted');
    const results = await Promise.all(
      companies.map((company) => updateCompany(as(company, 'OWNER'), { ...settings, slug }, 1)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.reason === 'slug_taken')).toHaveLength(
      2,
    );
  });

  it('shows a former slug to its own company only', async () => {
    const company = await freshCompany();
    await updateCompany(as(company, 'OWNER'), { ...settings, slug: unique('new') }, 1);
    const ctx = as(await freshCompany(), 'OWNER');
    const [rows] = await tenant(ctx, 'company:write').batch([ctx.db.select().from(formerSlugs)]);
    expect(rows).toEqual([]);
  });

  it('keeps what orders and invoices go by, and what is not said stays', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'ADMIN');
    const money = {
      taxRatePpm: 82_500,
      shippingCents: 12_50,
      freeShippingFromCents: 500_00,
      lowStockThreshold: 10,
      paperSize: 'A4',
      invoiceDetails: '1 Main Street\nTax ID 12',
    } as const;
    const input = { ...settings, slug: company.slug };
    expect(await getCompany(ctx)).toMatchObject({
      taxRatePpm: 0,
      shippingCents: 0,
      freeShippingFromCents: null,
      lowStockThreshold: 5,
      paperSize: 'LETTER',
      invoiceDetails: null,
    });
    await updateCompany(ctx, { ...input, ...money }, 1);
    const { rows } = await listAuditEntries(ctx, { action: 'CompanyUpdated' }, { limit: 10 });
    expect(rows[0]?.details).toMatchObject({
      taxRatePpm: { from: 0, to: 82_500 },
      freeShippingFromCents: { from: null, to: 500_00 },
      invoiceDetails: { from: null, to: money.invoiceDetails },
    });
    expect(await updateCompany(ctx, { ...input, name: 'Other' }, 2)).toMatchObject({
      company: { name: 'Other', ...money, version: 3 },
    });
    const cleared = { ...input, freeShippingFromCents: null, invoiceDetails: ' ' };
    expect(await updateCompany(ctx, cleared, 3)).toMatchObject({
      company: { ...money, freeShippingFromCents: null, invoiceDetails: null },
    });
  });

  it('change what is ordered from then on, never what was ordered', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const [beans] = await productsFor(company, [{ name: 'Beans', priceCents: 999, stock: 10 }]);
    const lines = [{ productId: beans, quantity: 1 }];
    const input = { ...settings, currency: 'USD', slug: company.slug };
    const costs = { taxRatePpm: 82_500, shippingCents: 500, freeShippingFromCents: 1000 };
    const [first, taxed, free] = [newId('order'), newId('order'), newId('order')];
    await placeOrder(ctx, { id: first, lines });
    await updateCompany(ctx, { ...input, ...costs }, 1);
    await placeOrder(ctx, { id: taxed, lines });
    await placeOrder(ctx, { id: free, lines: [{ productId: beans, quantity: 2 }] });
    expect(await sumsOf(ctx, first)).toEqual({ ppm: 0, tax: 0, shipping: 0, total: 999 });
    // 82.4175 of tax
    expect(await sumsOf(ctx, taxed)).toEqual({ ppm: 82_500, tax: 82, shipping: 500, total: 1581 });
    expect(await sumsOf(ctx, free)).toEqual({ ppm: 82_500, tax: 165, shipping: 0, total: 2163 });
  });

  it('refuses members', async () => {
    const company = await freshCompany();
    const input = { ...settings, slug: company.slug };
    await expect(updateCompany(as(company, 'MEMBER'), input, 1)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(getCompany(as(company, 'MEMBER'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    [{ name: 'A' }, 'Company name must be between 2 and 100 characters.'],
    [{ name: `A${'b'.repeat(100)}` }, 'Company name must be between 2 and 100 characters.'],
    [{ name: 'Nul\0' }, 'Text contains characters that cannot be stored.'],
    [
      { slug: 'Not a slug' },
      'Storefront address may contain lower-case letters, digits and single dashes.',
    ],
    [{ slug: 'x' }, 'Slug must be between 2 and 50 characters.'],
    [{ timeZone: 'Mars/Olympus' }, 'Choose a time zone from the list.'],
    [{ currency: 'JPY' }, 'Choose a currency from the list.'],
    [{ taxRatePpm: 300_001 }, 'Tax rate must be between 0 and 30 %.'],
    [{ taxRatePpm: 0.5 }, 'Tax rate must be between 0 and 30 %.'],
    [{ shippingCents: 100_000_001 }, 'Shipping rate must be between 0 and 1,000,000.'],
    [{ freeShippingFromCents: -1 }, 'Free shipping from must be between 0 and 100,000,000.'],
    [
      { lowStockThreshold: 1_000_000_001 },
      'Low-stock threshold must be a whole number from 0 to 1,000,000,000.',
    ],
    [{ paperSize: 'A3' }, 'Choose a paper size from the list.'],
    [{ invoiceDetails: 'x'.repeat(501) }, 'Company details must be at most 500 characters.'],
    [{ invoiceDetails: 'Nul\0' }, 'Text contains characters that cannot be stored.'],
  ])('refuses %j', (wrong, message) => {
    const result = CompanyInput.safeParse({ ...settings, slug: 'acme', ...wrong });
    expect(result.error?.issues[0]?.message).toBe(message);
  });

  it('offers currencies with two decimals and every time zone', () => {
    expect(currencyCodes()).toEqual(expect.arrayContaining(['USD', 'EUR', 'GBP', 'CHF']));
    for (const code of ['JPY', 'KWD', 'XDR']) expect(currencyCodes()).not.toContain(code);
    expect(TIME_ZONES).toEqual(
      expect.arrayContaining(['UTC', 'America/New_York', 'Europe/Berlin']),
    );
  });
});

describe('recent activity', () => {
  it('is what anybody did lately, newest first, for those who may see the log', async () => {
    const company = await freshCompany();
    const owner = as(company, 'OWNER');
    for (let n = 1; n <= 6; n += 1) await createCustomer(owner, { email: `c${n}@b.co` });
    await registered(company);
    const { changes } = await getDashboardHome(as(company, 'ADMIN'));
    expect(changes?.map(({ action }) => action)).toEqual([
      'CustomerRegistered',
      ...Array.from({ length: 5 }, () => 'CustomerCreated'),
    ]);
    expect(changes?.[1]).toMatchObject({ entityName: 'c6@b.co', actorType: 'USER' });
    expect((await getDashboardHome(as(company, 'MEMBER'))).changes).toBeNull();
    const stranger = await getDashboardHome(as(await freshCompany(), 'OWNER'));
    expect(stranger.changes).toEqual([]);
  });
});

describe('first steps', () => {
  const getFirstSteps = async (ctx: Ctx) => (await getDashboardHome(ctx)).steps;

  it('are ticked by what has happened', async () => {
    const company = await freshCompany({ maxCustomers: 25 });
    const ctx = as(company, 'OWNER');
    expect(await getFirstSteps(ctx)).toEqual({
      customers: 0,
      maxCustomers: 25,
      hasProducts: false,
      hasContact: false,
      hasApiKey: false,
      storefrontUsed: false,
      registrationOpen: true,
    });
    await createCustomer(ctx, { email: 'a@b.co' });
    const key = { name: 'Key', scopes: ['customers:read'] };
    await createApiKey(ctx, newId('apiKey'), key, CONFIRMATION);
    expect(await getFirstSteps(as(company, 'MEMBER'))).toMatchObject({
      customers: 1,
      hasApiKey: true,
      storefrontUsed: false,
    });
    await registered(company);
    expect(await getFirstSteps(ctx)).toMatchObject({ customers: 2, storefrontUsed: true });
    const closed = { ...settings, slug: company.slug, registrationOpen: false };
    await updateCompany(ctx, closed, 1);
    expect(await getFirstSteps(ctx)).toMatchObject({ registrationOpen: false });
    expect(await getFirstSteps(as(await freshCompany(), 'OWNER'))).toMatchObject({
      hasApiKey: false,
    });
  });
});

describe('the trial', () => {
  const now = new Date('2026-11-01T12:00:00Z');
  it.each([
    ['STARTER', '2026-11-11T12:00:00Z', 'Trial ends in 10 days'],
    ['STARTER', '2026-11-01T12:00:01Z', 'Trial ends in 1 day'],
    ['STARTER', '2026-11-01T12:00:00Z', 'Trial has ended — upgrade to keep access'],
    ['STARTER', null, undefined],
    ['GROWTH', '2026-11-11T12:00:00Z', undefined],
    ['ENTERPRISE', '2026-11-01T12:00:00Z', undefined],
  ] as const)('%s until %s: %s', (plan, trialEndsAt, text) => {
    expect(trialNotice({ plan, trialEndsAt }, now)?.text).toBe(text);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { NOT_ACCEPTING } from '#src/storefront/register.ts';
import { someAddress } from '../address.ts';
import { as, freshCompany } from '../context.ts';
import { formIn, newShopper, type Shopper } from '../shopper.ts';
import { browserOf } from '../staff.ts';
import { mailTo, someEmail } from '../storefront.ts';
import { joinedBrowser, newestMailTo, registerWith, storeBrowser } from '../storefront-browser.ts';

describe('a shopper whose email is not confirmed', () => {
  let shopper: Shopper;
  let text: string;

  beforeEach(async () => {
    shopper = await newShopper();
    text = `Confirm your email address to place more orders. We sent a link to ${shopper.email}.`;
    for (let n = 0; n < 3; n += 1) {
      // oxlint-disable no-await-in-loop -- one after the other
      await shopper.put(1);
      expect((await shopper.submit(await shopper.open())).status).toBe(303);
      // oxlint-enable no-await-in-loop
    }
    await shopper.put(1);
  });

  it('is told at the checkout, which keeps what was typed, and orders there once it is confirmed', async () => {
    const page = await shopper.me(`${shopper.store}/checkout`);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    expect(page.text).toContain(text);
    const typed = {
      poNumber: 'PO-7',
      notes: 'Ring <b>',
      line1: 'Main Street 1',
      city: 'Springfield',
    };
    const kept = (html: string) => {
      for (const part of ['value="PO-7"', 'Ring &lt;b&gt;</textarea>', 'value="Main Street 1"'])
        expect(html).toContain(part);
    };
    const refused = await shopper.submit({ ...formIn(page.text), ...typed });
    expect(refused.status).toBe(422);
    expect(refused.text.split(text)).toHaveLength(2);
    expect(refused.text).toContain('Send again');
    kept(refused.text);
    expect(await shopper.placedOrders()).toHaveLength(3);

    const form = { ...formIn(refused.text), ...typed };
    const sent = await shopper.me(`${shopper.store}/checkout/verify`, form);
    expect(sent.status).toBe(200);
    expect(sent.roundTrips).toBe(2);
    expect(sent.text).toContain('The link is on its way.');
    kept(sent.text);
    const mail = await newestMailTo(shopper.email);
    expect(mail.template).toBe('customer_verify_email');
    expect((await storeBrowser()(mail.path, {})).status).toBe(200);

    const free = await shopper.me(`${shopper.store}/checkout/verify`, form);
    expect(free.text).not.toContain(text);
    kept(free.text);
    expect((await shopper.submit(form)).status).toBe(303);
    expect(await shopper.placedOrders()).toHaveLength(4);
  });

  it('gets a link again while the day has mails left, and keeps what was typed', async () => {
    const form = { ...formIn((await shopper.me(`${shopper.store}/checkout`)).text), notes: 'Kept' };
    const answers: Awaited<ReturnType<typeof shopper.me>>[] = [];
    for (let n = 0; n < 6; n += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      answers.push(await shopper.me(`${shopper.store}/checkout/verify`, form));
    }
    // Before it: one link by the registration, and three mails of orders.
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 429, 429, 429, 429]);
    expect(answers[1]?.text).toContain('No more mails can be sent to this address today.');
    expect(answers[5]?.text).toContain('Too many attempts.');
    for (const { text: page } of answers) expect(page).toContain('>Kept</textarea>');
  });

  it('gets the link when somebody they have invited asks for it', async () => {
    const ann = await joinedBrowser(shopper.me, shopper.company.slug, someEmail(), 'BUYER');
    await shopper.put(1, 0, ann);
    const page = await ann(`${shopper.store}/checkout`);
    expect(page.text).toContain(text);
    const mails = (await mailTo(shopper.email)).all.length;
    const sent = await ann(`${shopper.store}/checkout/verify`, formIn(page.text));
    expect(sent.text).toContain('The link is on its way.');
    expect((await mailTo(shopper.email)).all).toHaveLength(mails + 1);
    await shopper.confirm();
    expect((await shopper.submit(formIn(page.text), ann)).status).toBe(303);
  });

  it('orders on when the staff trust them on their page, until they stop', async () => {
    const staff = await browserOf(shopper.company, 'MEMBER');
    const [{ customerId } = { customerId: null }] = await shopper.placedOrders();
    const path = `/dashboard/customers/${customerId}`;
    const page = await staff(path);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    expect(page.text).toContain('Trust this customer');
    expect(page.text).toContain('three open orders');
    const trusted = await staff(`${path}/trust`, { trusted: 'yes' });
    expect(trusted).toMatchObject({ status: 303, location: path, roundTrips: 1 });
    expect(trusted.flash).toContain('Blue Plate is now trusted.');
    const now = await staff(path);
    expect(now.text).toContain('Stop trusting');
    expect(now.text).not.toContain('Trust this customer');
    const log = await (await browserOf(shopper.company, 'OWNER'))(path);
    expect(log.text).toContain('Customer trusted');
    expect((await shopper.submit(await shopper.open())).status).toBe(303);

    await staff(`${path}/trust`, { trusted: 'no' });
    await shopper.put(1);
    expect((await shopper.submit(await shopper.open())).status).toBe(422);
    expect((await staff(`${path}/trust`, { trusted: 'perhaps' })).status).toBe(400);
    const foreign = await browserOf(await freshCompany(), 'OWNER');
    expect((await foreign(`${path}/trust`, { trusted: 'yes' })).status).toBe(404);
  });
});

it('shows no limit for a customer whose email is confirmed, and one for those who were imported', async () => {
  const company = await freshCompany();
  const { id } = await createCustomer(as(company, 'OWNER'), { email: someEmail() });
  const staff = await browserOf(company, 'MEMBER');
  expect((await staff(`/dashboard/customers/${id}`)).text).toContain('Email not confirmed');
  const email = someEmail();
  await registerWith(storeBrowser(), company.slug, email);
  await storeBrowser()((await newestMailTo(email)).path, {});
  const [, path = ''] =
    /href="(\/dashboard\/customers\/cus_\w+)"[^>]*>Blue Plate/.exec(
      (await staff('/dashboard/customers')).text,
    ) ?? [];
  const page = await staff(path);
  expect(page.text).toContain('<h1>Blue Plate</h1>');
  expect(page.text).not.toContain('Email not confirmed');
});

it('says that a network has registered too often, and that a store takes nobody now', async () => {
  const company = await freshCompany({ maxCustomers: 4 });
  const here = someAddress();
  const register = (address: string) =>
    registerWith(storeBrowser({ address }), company.slug, `${newId('user')}@example.com`);
  for (let n = 0; n < 3; n += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect((await register(here)).status).toBe(303);
  }
  const again = await register(here);
  expect(again.status).toBe(429);
  expect(again.text).toContain('Too many accounts were created from your network today.');
  expect(again.text).toContain('value="Blue Plate"');
  const full = await register(someAddress());
  expect(full.status).toBe(422);
  expect(full.text).toContain(NOT_ACCEPTING.replace("'", '&#39;'));
});

describe("a month's last place", () => {
  it('comes back with an unproven order that is cancelled, and stays with a proven one', async () => {
    const shopper = await newShopper();
    await shopper.limitTo(1);
    const statuses = async () => {
      await shopper.put(1);
      const form = await shopper.open();
      const placed = await shopper.submit(form);
      const cancel = `${shopper.store}/orders/${String(form['order'])}/cancel`;
      if (placed.status === 303) await shopper.me(cancel, {});
      return placed.status;
    };
    expect([await statuses(), await statuses()]).toEqual([303, 303]);
    await shopper.confirm();
    expect([await statuses(), await statuses()]).toEqual([303, 422]);
  });
});

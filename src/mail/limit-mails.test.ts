import { eq, inArray, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { mailedToken, nobody, uniqueEmail } from '../../test/accounts.ts';
import { as, CONFIRMATION, freshCompany } from '../../test/context.ts';
import { CUSTOMER_TEMPLATES, LINKS, mailDoors, templatesTo } from '../../test/mail-doors.ts';
import { at, proven, registered, signedIn } from '../../test/storefront.ts';
import { dailyUses, outbox } from '#db/schema/index.ts';
import { inviteContact } from '../contacts/invite-contact.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { confirmNewEmail, requestEmailChange } from '../staff/change-email.ts';
import { requestPasswordReset } from '../staff/reset-password.ts';
import { myCustomer } from '../storefront/me.ts';
import { requestCustomerPasswordReset } from '../storefront/reset-password.ts';
import { verifyCustomerEmail } from '../storefront/verify-email.ts';
import { system, tenant } from '../tenant.ts';
import { queueMail } from './queue-mail.ts';
import { TEMPLATE_NAMES, type TemplateName } from './templates.ts';

const isLink = (template: string) => LINKS.some((link) => link === template);

/** What the mails to one unproven address come to. */
async function figures(email: string) {
  const templates = await templatesTo(email);
  return { all: templates.length, others: templates.filter((name) => !isLink(name)).length };
}

it.each(TEMPLATE_NAMES)(
  'mails %s to an unproven address, and stops at five a day, three without a link',
  async (template) => {
    const email = uniqueEmail();
    const doors = mailDoors(email);
    for (let n = 0; n < 6; n += 1) await doors[template]();
    expect(await templatesTo(email)).toContain(template);
    const { all, others } = await figures(email);
    expect(others).toBeLessThanOrEqual(3);
    expect(all).toBeLessThanOrEqual(5);
    // The limit is reached, or this would show nothing.
    expect(all === 5 || others === 3).toBe(true);
  },
);

it('sorts every template as the database does', async () => {
  const { db } = nobody();
  const [rows] = await system(nobody()).batch([
    db
      .select({
        name: sql<TemplateName>`name`,
        asked: sql<boolean>`is_asked_for(name)`,
        forStaff: sql<boolean>`is_for_staff(name)`,
      })
      .from(sql`unnest(${sql.param([...TEMPLATE_NAMES])}::text[]) as name`),
  ]);
  const toCustomers: readonly string[] = CUSTOMER_TEMPLATES;
  expect(rows).toEqual(
    TEMPLATE_NAMES.map((name) => ({
      name,
      asked: isLink(name),
      forStaff: !toCustomers.includes(name),
    })),
  );
});

it('counts all templates, companies and accounts together', async () => {
  const email = uniqueEmail();
  const doors = mailDoors(email);
  for (const template of [...TEMPLATE_NAMES, ...TEMPLATE_NAMES]) await doors[template]();
  const { all, others } = await figures(email);
  expect(all).toBe(5);
  expect(others).toBeLessThanOrEqual(3);
});

it('keeps two mails of the day for links, and starts afresh the next day', async () => {
  const email = uniqueEmail();
  const doors = mailDoors(email);
  for (let n = 0; n < 5; n += 1) await doors.order_status();
  expect(await figures(email)).toEqual({ all: 3, others: 3 });
  const company = await freshCompany();
  await createCustomer(as(company, 'OWNER'), { email });
  const ask = () => requestCustomerPasswordReset(at(company), { email });
  for (let n = 0; n < 3; n += 1) await ask();
  expect(await figures(email)).toEqual({ all: 5, others: 3 });
  const { db } = nobody();
  await system(nobody()).batch([
    db
      .update(dailyUses)
      .set({ day: sql`${dailyUses.day} - 1` })
      .where(inArray(dailyUses.subject, [`mails ${email}`, `other mails ${email}`])),
  ]);
  await ask();
  expect(await figures(email)).toEqual({ all: 6, others: 3 });
});

it('counts what stands behind a plus as the same mailbox', async () => {
  const [name, domain] = uniqueEmail().split('@');
  const company = await freshCompany();
  for (let n = 0; n < 6; n += 1) {
    const email = `${name}+${n}@${domain}`;
    await createCustomer(as(company, 'OWNER'), { email });
    await requestCustomerPasswordReset(at(company), { email });
  }
  const sent = await Promise.all(
    [0, 1, 2, 3, 4, 5].map((n) => templatesTo(`${name}+${n}@${domain}`)),
  );
  expect(sent.flat()).toHaveLength(5);
});

it('never limits order mails to a proven address, and links to it at 20 a day', async () => {
  const company = await freshCompany();
  const email = await proved(company);
  await queueAll(company, Array(8).fill(email), 'order_status');
  for (let n = 0; n < 22; n += 1) await requestCustomerPasswordReset(at(company), { email });
  const templates = await templatesTo(email);
  expect(templates.filter((name) => name === 'order_status')).toHaveLength(8);
  expect(templates.filter((name) => name === 'customer_reset_password')).toHaveLength(20);
});

it('takes an address for proven only where it is: elsewhere it stays limited', async () => {
  const email = await proved(await freshCompany());
  const before = (await templatesTo(email)).length;
  const doors = mailDoors(email);
  for (let n = 0; n < 5; n += 1) await doors.order_status();
  expect((await templatesTo(email)).length - before).toBe(3);
});

it('withholds a mail from those of its recipients who have had enough', async () => {
  const [unproven, proven] = [uniqueEmail(), uniqueEmail()];
  const company = await freshCompany({
    staff: [
      { role: 'OWNER', email: proven, name: 'Ann' },
      { role: 'ADMIN', email: unproven, name: 'Bo' },
    ],
  });
  const { db } = nobody();
  await system(nobody(), 'bulk').batch([
    db.execute(sql`update users set email_verified = false where email = ${unproven}`),
  ]);
  for (let n = 0; n < 5; n += 1) await registered(company);
  expect(await templatesTo(proven)).toHaveLength(5);
  expect(await templatesTo(unproven)).toHaveLength(3);
});

it('tells a proven address that it lost its account, whatever others have mailed it', async () => {
  const email = uniqueEmail();
  const doors = mailDoors(email);
  for (let n = 0; n < 4; n += 1) await doors.order_status();
  const company = await freshCompany({ staff: [{ role: 'OWNER', email, name: 'Ann' }] });
  const next = uniqueEmail();
  await requestEmailChange(as(company, 'OWNER'), { email: next }, CONFIRMATION);
  expect(await confirmNewEmail(nobody(), await mailedToken(next))).toBe(true);
  expect((await templatesTo(email)).at(-1)).toBe('email_changed');
});

it('lets a company that has not confirmed its address mail nothing but links that were asked for', async () => {
  for (const template of CUSTOMER_TEMPLATES) {
    const email = uniqueEmail();
    const doors = mailDoors(email, () => freshCompany({ verified: false }));
    await doors[template]();
    const templates = await templatesTo(email);
    expect(templates.filter((name) => !isLink(name))).toEqual([]);
    if (isLink(template)) expect(templates).toContain(template);
  }
});

it('stops a company on trial, or after it, at 150 mails and 50 links a day to its customers', async () => {
  const trial = await freshCompany({ plan: 'STARTER', trialEndsAt: new Date(0) });
  const paying = await freshCompany({ plan: 'STARTER' });
  const many = (count: number) => Array.from({ length: count }, uniqueEmail);
  for (const [company, mails, links] of [
    [trial, 150, 50],
    [paying, 160, 60],
  ] as const) {
    await queueAll(company, many(160), 'order_status');
    await queueAll(company, many(60), 'customer_reset_password');
    expect(await mailsOf(company, 'order_status')).toBe(mails);
    expect(await mailsOf(company, 'customer_reset_password')).toBe(links);
  }
  // Those who pay share no counter that one of them would wait for.
  const { db } = nobody();
  const [counters] = await system(nobody()).batch([
    db
      .select()
      .from(dailyUses)
      .where(sql`${dailyUses.subject} like ${`%${paying.id}`}`),
  ]);
  expect(counters).toEqual([]);
});

it('lets a customer send 20 invitations a day, however often they log in', async () => {
  const company = await freshCompany();
  const { session } = await proven(company);
  const mailed: boolean[] = [];
  for (let n = 0; n < 22; n += 1) {
    const input = { email: uniqueEmail(), role: 'BUYER' };
    mailed.push(await inviteContact(signedIn(company, session), myCustomer, input));
  }
  expect(mailed.filter(Boolean)).toHaveLength(20);
});

it('lets a person have ten links a day mailed to new addresses', async () => {
  const company = await freshCompany();
  const mailed: boolean[] = [];
  for (let n = 0; n < 12; n += 1) {
    mailed.push(
      await requestEmailChange(as(company, 'MEMBER'), { email: uniqueEmail() }, CONFIRMATION),
    );
  }
  expect(mailed.filter(Boolean)).toHaveLength(10);
});

it('lets nobody learn from a reset whether its mail was withheld', async () => {
  const email = uniqueEmail();
  await freshCompany({ verified: false, staff: [{ role: 'OWNER', email, name: 'Ann' }] });
  for (let n = 0; n < 7; n += 1) await requestPasswordReset(nobody(), { email });
  expect(await templatesTo(email)).toHaveLength(5);
});

/** Registers somebody who then opens the link that was mailed to them. */
async function proved(company: Company): Promise<string> {
  const { email } = await registered(company);
  expect(await verifyCustomerEmail(at(company), await mailedToken(email))).toBe(true);
  return email;
}

type Company = Awaited<ReturnType<typeof freshCompany>>;

/** One mail to each address, in one transaction of the company's. */
async function queueAll(
  company: Company,
  emails: string[],
  template: 'order_status' | 'customer_reset_password',
): Promise<void> {
  const ctx = as(company, 'OWNER');
  const url = 'http://localhost:8787/';
  const [first, ...rest] = emails.map((email) =>
    template === 'order_status'
      ? queueMail(ctx, email, template, { number: '1001', status: 'SHIPPED', by: 'store', url })
      : queueMail(ctx, email, template, { url }),
  );
  if (first === undefined) return;
  await tenant(ctx, 'orders:write').batch([first, ...rest]);
}

async function mailsOf({ id }: Company, template: string): Promise<number> {
  const ctx = nobody();
  const [rows] = await system(ctx).batch([
    ctx.db.select({ template: outbox.template }).from(outbox).where(eq(outbox.companyId, id)),
  ]);
  return rows.filter((row) => row.template === template).length;
}

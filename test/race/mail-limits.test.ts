import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { resendInvite } from '#src/contacts/resend-invite.ts';
import { isInviteGood, requestInvite } from '#src/contacts/set-up-password.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { queueMail } from '#src/mail/queue-mail.ts';
import { requestEmailChange } from '#src/staff/change-email.ts';
import { myCustomer } from '#src/storefront/me.ts';
import { requestCustomerPasswordReset } from '#src/storefront/reset-password.ts';
import { system, tenant } from '#src/tenant.ts';
import { nobody, uniqueEmail } from '../accounts.ts';
import { as, CONFIRMATION, freshCompany } from '../context.ts';
import { LINKS, templatesTo } from '../mail-doors.ts';
import { at, invited, mailTo, proven, sessionOf, signedIn } from '../storefront.ts';

const STATUS = { number: '1001', status: 'SHIPPED', by: 'store', url: 'http://localhost:8787/' };
const isLink = (template: string) => LINKS.some((link) => link === template);

it('mails an unproven address five times of 80 that eight companies send at once, three without a link', async () => {
  const email = uniqueEmail();
  const companies = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const company = await freshCompany();
      await createCustomer(as(company, 'OWNER'), { email });
      return company;
    }),
  );
  await Promise.all(
    Array.from({ length: 10 }, () => companies)
      .flat()
      .map(async (company, n) => {
        const ctx = as(company, 'OWNER');
        if (n % 3 === 0) await requestCustomerPasswordReset(at(company), { email });
        else if (n % 3 === 1) await requestEmailChange(ctx, { email }, CONFIRMATION);
        else {
          await tenant(ctx, 'orders:write').batch([queueMail(ctx, email, 'order_status', STATUS)]);
        }
      }),
  );
  const templates = await templatesTo(email);
  expect(templates).toHaveLength(5);
  expect(templates.filter((name) => !isLink(name)).length).toBeLessThanOrEqual(3);
});

it('sends 150 of 240 mails that a company on trial causes at once', async () => {
  const company = await freshCompany({ plan: 'STARTER', trialEndsAt: new Date(0) });
  await Promise.all(
    Array.from({ length: 40 }, async () => {
      const ctx = as(company, 'MEMBER');
      const mail = () => queueMail(ctx, uniqueEmail(), 'order_status', STATUS);
      await tenant(ctx, 'orders:write').batch([mail(), mail(), mail(), mail(), mail(), mail()]);
    }),
  );
  const ctx = nobody();
  const [rows] = await system(ctx).batch([
    ctx.db
      .select({ count: sql<number>`count(*)::int` })
      .from(sql`outbox`)
      .where(sql`company_id = ${company.id}`),
  ]);
  expect(rows).toEqual([{ count: 150 }]);
});

it('leaves the newest invitation that was mailed in use, whoever asks for more of them at once', async () => {
  const company = await freshCompany();
  const { customer, contact, email } = await invited(company);
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const overrides = { now: new Date(Date.now() + n * 1000) };
      if (n % 2) await resendInvite(as(company, 'OWNER', overrides), customer.id, contact.id);
      else await requestInvite(at(company, overrides), { email });
    }),
  );
  const { all } = await mailTo(email);
  expect(all).toHaveLength(5);
  const tokens = all.map(({ data }) => data['url']?.split('/').at(-1) ?? '');
  const good = await Promise.all(tokens.map((token) => isInviteGood(at(company), token)));
  expect(good.filter(Boolean)).toHaveLength(1);
});

it('mails 20 of 60 invitations that a customer sends at once from three browsers', async () => {
  const company = await freshCompany();
  const { email, session } = await proven(company);
  const sessions = [session, await sessionOf(company, email), await sessionOf(company, email)];
  const mailed = await Promise.all(
    Array.from({ length: 20 }, () => sessions)
      .flat()
      .map((one) =>
        inviteContact(signedIn(company, one), myCustomer, { email: uniqueEmail(), role: 'BUYER' }),
      ),
  );
  expect(mailed.filter(Boolean)).toHaveLength(20);
});

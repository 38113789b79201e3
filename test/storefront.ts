import { desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { auditEntries, contacts, outbox } from '#db/schema/index.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { setUpPassword } from '#src/contacts/set-up-password.ts';
import type { Ctx } from '#src/context.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { senderOf } from '#src/mail/queries.ts';
import {
  completed,
  renderMail,
  type TemplateData,
  type TemplateName,
} from '#src/mail/templates.ts';
import { myCustomer } from '#src/storefront/me.ts';
import { logInCustomer } from '#src/storefront/log-in.ts';
import { register } from '#src/storefront/register.ts';
import { verifyCustomerEmail } from '#src/storefront/verify-email.ts';
import { system, tenant } from '#src/tenant.ts';
import { someAddress } from './address.ts';
import { as, context } from './context.ts';

export const PASSWORD = 'correct horse';
export const typed = (newPassword: string) => ({ newPassword, repeated: newPassword });
export const someEmail = () => `b-${newId('user').slice(-10)}@example.com`;
export const at = (company: CompanyFixture, overrides?: Partial<Ctx>) =>
  context({ kind: 'store', slug: company.slug }, overrides);
export const signedIn = (company: CompanyFixture, sessionId: Id<'session'>) =>
  context({ kind: 'customer', sessionId, slug: company.slug });

export async function registered(
  company: CompanyFixture,
  email = someEmail(),
  name = 'Blue Plate',
) {
  const session = await register(
    at(company),
    argon2Hasher,
    { name, email, password: PASSWORD },
    { network: someAddress(), userAgent: 'Firefox' },
  );
  return { email, session };
}

/** Somebody who has registered and opened the link in their mail: their orders are not limited (decision 41). */
export async function proven(company: CompanyFixture, email = someEmail(), name = 'Blue Plate') {
  const customer = await registered(company, email, name);
  await confirmEmail(company, email);
  return customer;
}

/** Opens the link that was mailed to this address when it registered. */
export async function confirmEmail(company: CompanyFixture, email: string): Promise<void> {
  const { all } = await mailTo(email);
  const url = all.find(({ template }) => template === 'customer_verify_email')?.data['url'] ?? '';
  const store = at(company);
  const isDone = await verifyCustomerEmail(store, url.split('/').at(-1) ?? '');
  if (!isDone) throw new Error(`${email} is not confirmed.`);
}

export const logIn = (company: CompanyFixture, email: string, password = PASSWORD) =>
  logInCustomer(at(company), argon2Hasher, { email, password }, 'Safari');

export async function sessionOf(company: CompanyFixture, email: string, password = PASSWORD) {
  const result = await logIn(company, email, password);
  if (!result.ok) throw new Error(`Not logged in: ${result.reason}.`);
  return result.sessionId;
}

/** The newest mail to this address with its link's token, and `all` of them. */
export async function mailTo(email: string) {
  const ctx = context({ kind: 'nobody' });
  const [rows] = await system(ctx).batch([
    ctx.db
      .select({ ...getTableColumns(outbox), sender: senderOf })
      .from(outbox)
      .where(sql`${email} = any(string_to_array(${outbox.recipient}, ', '))`)
      .orderBy(desc(outbox.createdAt), desc(outbox.id)),
  ]);
  const all = rows.map(({ template, recipient: to, data: stored, sender }) => {
    const name = template as TemplateName;
    const data = completed(stored, sender);
    const { text } = renderMail(name, data as TemplateData<typeof name>, sender);
    return { template, to, data, text };
  });
  const url = all[0]?.data['url'] ?? '';
  return { ...all[0], url, token: url.split('/').at(-1) ?? '', all };
}

export async function actions(company: CompanyFixture) {
  const ctx = as(company, 'OWNER');
  const [rows] = await tenant(ctx, 'audit:read').batch([
    ctx.db.select().from(auditEntries).orderBy(auditEntries.id),
  ]);
  return rows.map(({ action, actorType, actorId }) => ({ action, actorType, actorId }));
}

export async function invited(company: CompanyFixture) {
  const customer = await createCustomer(as(company, 'OWNER'), { email: someEmail(), name: 'Cafe' });
  const email = someEmail();
  await inviteContact(as(company, 'OWNER'), customer.id, { email, name: 'Ann', role: 'BUYER' });
  const ctx = as(company, 'OWNER');
  const [[contact]] = await tenant(ctx, 'customers:read').batch([
    ctx.db.select().from(contacts).where(eq(contacts.email, email)),
  ]);
  if (!contact) throw new Error('Nobody was invited.');
  return { customer, contact, email };
}

/** The session of somebody whom the customer of this session has invited, and who has come in. */
export async function joined(
  company: CompanyFixture,
  inviter: Id<'session'>,
  role: 'ADMIN' | 'BUYER' | 'VIEWER',
  email = someEmail(),
): Promise<Id<'session'>> {
  await inviteContact(signedIn(company, inviter), myCustomer, { email, name: 'Ann Lee', role });
  const { token } = await mailTo(email);
  const password = typed(PASSWORD);
  const session = await setUpPassword(at(company), argon2Hasher, token, password, 'Firefox');
  if (!session) throw new Error('Nobody has joined.');
  return session;
}

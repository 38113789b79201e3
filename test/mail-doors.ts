import { sql } from 'drizzle-orm';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { contacts, outbox } from '#db/schema/index.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { resendInvite } from '#src/contacts/resend-invite.ts';
import { requestInvite } from '#src/contacts/set-up-password.ts';
import { customerOf } from '#src/context.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { managers, queueMail } from '#src/mail/queue-mail.ts';
import type { TemplateName } from '#src/mail/templates.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import {
  confirmNewEmail,
  requestEmailChange,
  requestEmailVerification,
} from '#src/staff/change-email.ts';
import { requestPasswordReset } from '#src/staff/reset-password.ts';
import { requestCustomerPasswordReset } from '#src/storefront/reset-password.ts';
import { requestCustomerVerification } from '#src/storefront/verify-email.ts';
import { checkViewer, system, tenant } from '#src/tenant.ts';
import { mailedToken, nobody } from './accounts.ts';
import { as, CONFIRMATION, freshCompany } from './context.ts';
import { productsFor } from './products.ts';
import { at, registered, signedIn, someEmail } from './storefront.ts';
import { answering, deliverWebhook, sending, someEvents, webhookFor } from './webhooks.ts';

/** The templates of links that people ask for themselves; all others are limited further (decision 42). */
export const LINKS: readonly TemplateName[] = [
  'verify_email',
  'confirm_new_email',
  'reset_password',
  'customer_verify_email',
  'customer_reset_password',
  'contact_new_link',
];

/** The templates of what a company's customers get. */
export const CUSTOMER_TEMPLATES = [
  'customer_verify_email',
  'customer_reset_password',
  'contact_invite',
  'contact_new_link',
  'order_placed',
  'order_status',
] as const satisfies readonly TemplateName[];

/** Templates of the mails to this address, the oldest first, however many recipients each has. */
export async function templatesTo(email: string): Promise<string[]> {
  const ctx = nobody();
  const [rows] = await system(ctx).batch([
    ctx.db
      .select({ template: outbox.template })
      .from(outbox)
      .where(sql`${email} = any(string_to_array(${outbox.recipient}, ', '))`)
      .orderBy(outbox.createdAt, outbox.id),
  ]);
  return rows.map(({ template }) => template);
}

/**
 * The ways to make mails of every template go to an address nobody has proved, as often as each is used.
 * @param shop makes the companies whose customer it is
 */
export function mailDoors(email: string, shop = () => freshCompany()) {
  let own: Promise<CompanyFixture> | undefined;
  let store: Promise<CompanyFixture> | undefined;
  let contact:
    | Promise<{ company: CompanyFixture; customer: Id<'customer'>; id: Id<'contact'> }>
    | undefined;

  /** A company whose owner has the address. */
  const ownCompany = () =>
    (own ??= freshCompany({
      verified: false,
      staff: [{ role: 'OWNER', email, name: 'Ann Lee' }],
    }));

  /** A store where the address has registered. */
  const registeredAt = () =>
    (store ??= shop().then(async (company) => {
      const { session } = await registered(company, email);
      const ctx = signedIn(company, session);
      await checkViewer(ctx, 'own_login:write');
      const accountId = customerOf(ctx).customerId;
      await requestCustomerVerification(ctx, { accountId, email, name: 'Ann' });
      return company;
    }));

  /** A store where the address is an invited contact. */
  const invitedAt = () =>
    (contact ??= shop().then(async (company) => {
      const owner = () => as(company, 'OWNER');
      const customer = await createCustomer(owner(), { email: someEmail() });
      await inviteContact(owner(), customer.id, { email, role: 'BUYER' });
      const [[row]] = await tenant(owner(), 'customers:read').batch([
        nobody().db.select({ id: contacts.id }).from(contacts),
      ]);
      if (!row) throw new Error('Nobody was invited.');
      return { company, customer: customer.id, id: row.id };
    }));

  return {
    verify_email: async () => {
      await requestEmailVerification(as(await ownCompany(), 'OWNER'));
    },
    confirm_new_email: async () => {
      await requestEmailChange(as(await freshCompany(), 'OWNER'), { email }, CONFIRMATION);
    },
    email_changed: async () => {
      const next = someEmail();
      await requestEmailChange(as(await ownCompany(), 'OWNER'), { email: next }, CONFIRMATION);
      if (!(await confirmNewEmail(nobody(), await mailedToken(next))))
        throw new Error('Not moved.');
      own = undefined;
    },
    reset_password: async () => {
      await ownCompany();
      await requestPasswordReset(nobody(), { email });
    },
    customer_verify_email: async () => {
      store = undefined;
      await registeredAt();
    },
    customer_reset_password: async () => {
      await requestCustomerPasswordReset(at(await registeredAt()), { email });
    },
    contact_invite: async () => {
      const { company, customer, id } = await invitedAt();
      await resendInvite(as(company, 'OWNER'), customer, id);
    },
    contact_new_link: async () => {
      await requestInvite(at((await invitedAt()).company), { email });
    },
    new_customer: async () => {
      await registered(await ownCompany());
    },
    order_placed: async () => {
      const company = await shop();
      await orderAt(company, (await registered(company, email)).session);
    },
    order_status: async () => {
      const company = await shop();
      const customer = await createCustomer(as(company, 'OWNER'), { email });
      const [productId = ''] = await productsFor(company, [{ name: 'Flour' }]);
      const id = newId('order');
      const lines = [{ productId, quantity: 1 }];
      await placeOrder(as(company, 'OWNER'), { id, customerId: customer.id, lines });
      await changeOrderStatus(as(company, 'OWNER'), id, 'CONFIRMED', null);
    },
    // A store writes it once a day, and its owner has got the mails about the registrations before it.
    registrations_full: async () => {
      const ctx = as(await ownCompany(), 'OWNER');
      const data = { count: '20', url: 'https://shop.test' };
      await tenant(ctx, 'orders:write').batch([
        queueMail(ctx, managers, 'registrations_full', data),
      ]);
    },
    low_stock: async () => {
      const company = await ownCompany();
      await orderAt(company, (await registered(company)).session);
    },
    webhook_disabled: async () => {
      const company = await ownCompany();
      await webhookFor(company, 'https://erp.example.com/hooks');
      const [delivery = 'dlv_'] = await someEvents(company, 1);
      await deliverWebhook(sending(company), delivery, answering(410));
    },
  } satisfies Record<TemplateName, () => Promise<void>>;
}

/** Orders at the storefront, which leaves little of the product. */
async function orderAt(company: CompanyFixture, session: Id<'session'>): Promise<void> {
  const [productId = ''] = await productsFor(company, [{ name: 'Flour', stock: 6 }]);
  const placed = await placeOrder(signedIn(company, session), {
    id: newId('order'),
    lines: [{ productId, quantity: 1 }],
  });
  if (!placed.ok) throw new Error('Not placed.');
}

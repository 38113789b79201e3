import { countOf } from '../lib/format-number.ts';
import { formatMoney } from '../lib/money.ts';

type Content = { subject: string; lines: string[]; button?: { label: string; url: string } };

/** The company a mail is about: its customers know it, and not us. */
export type Sender = { name: string; slug: string };

const template =
  <K extends string>(render: (data: Record<K, string>) => Content) =>
  (data: Record<K, string>, _sender: Sender) =>
    render(data);

/** A mail a company's customers get: it speaks of the store. */
const ofStore = <K extends string>(render: (data: Record<K, string>, store: Sender) => Content) =>
  render;

/** Mails that were queued before the database said who cancels do not say it. */
function cancelledBy(by: string | undefined, store: Sender): string {
  if (by === 'you') return 'you';
  return by === 'account' ? 'another person on your account' : store.name;
}

/** Every mail we send: its data and its words. Who may get how many of which, db/sql/limit-mails.sql says. */
const TEMPLATES = {
  verify_email: template<'name' | 'url'>(({ name, url }) => ({
    subject: 'Confirm your email address',
    lines: [
      `Hello ${name},`,
      'please confirm that this address is yours. The link is valid for 7 days.',
    ],
    button: { label: 'Confirm email address', url },
  })),
  confirm_new_email: template<'name' | 'url'>(({ name, url }) => ({
    subject: 'Confirm your new email address',
    lines: [
      `Hello ${name},`,
      'you asked to log in with this address from now on. It takes effect once you open the link, which is valid for 7 days.',
    ],
    button: { label: 'Use this address', url },
  })),
  email_changed: template<'name' | 'email'>(({ name, email }) => ({
    subject: 'Your email address was changed',
    lines: [
      `Hello ${name},`,
      `your account now belongs to ${email}. If that was not you, reset your password at once and tell your company's owner.`,
    ],
  })),
  reset_password: template<'name' | 'url'>(({ name, url }) => ({
    subject: 'Set a new password',
    lines: [
      `Hello ${name},`,
      'somebody, probably you, asked to set a new password. The link works once and is valid for one hour.',
      'If it was not you, ignore this mail: nothing has changed.',
    ],
    button: { label: 'Set a new password', url },
  })),
  customer_verify_email: ofStore<'name' | 'url'>(({ name, url }, store) => ({
    subject: `Welcome to ${store.name}: confirm your email address`,
    lines: [
      `Hello ${name},`,
      `your account at ${store.name} is ready, and you can order at once. Please confirm that this address is yours. The link is valid for 7 days.`,
    ],
    button: { label: 'Confirm email address', url },
  })),
  customer_reset_password: ofStore<'url'>(({ url }, store) => ({
    subject: `Set your password for ${store.name}`,
    lines: [
      `Somebody, probably you, asked to set a password for ${store.name}. The link works once and is valid for one hour.`,
      'If it was not you, ignore this mail: nothing has changed.',
    ],
    button: { label: 'Set a password', url },
  })),
  contact_invite: ofStore<'url'>(({ url }, store) => ({
    subject: `You are invited to order from ${store.name}`,
    lines: [
      `You can now log in at ${store.name} with this address. Choose a password first: the link works once and is valid for 7 days.`,
    ],
    button: { label: 'Choose a password', url },
  })),
  contact_new_link: ofStore<'url'>(({ url }, store) => ({
    subject: `Your new link for ${store.name}`,
    lines: [
      `Somebody, probably you, asked for a new link to choose a password for ${store.name}. It works once and is valid for 7 days; earlier links no longer work.`,
      'If it was not you, ignore this mail.',
    ],
    button: { label: 'Choose a password', url },
  })),
  new_customer: ofStore<'name' | 'email' | 'url'>(({ name, email, url }, store) => ({
    subject: `New customer: ${name}`,
    lines: [`${name} (${email}) has just registered at ${store.name}.`],
    button: { label: 'Open the customer', url },
  })),
  registrations_full: ofStore<'count' | 'url'>(({ count, url }, store) => ({
    subject: 'No more sign-ups today',
    lines: [
      `${count} people have created an account at ${store.name} today and have not confirmed their email address, so until tomorrow (UTC) your store takes no more sign-ups.`,
      'If you expect them, ask them to confirm: each confirmed address lets one more person sign up. If you do not know them, block them and cancel their orders.',
    ],
    button: { label: 'See your customers', url },
  })),
  order_placed: ofStore<'number' | 'totalCents' | 'currency' | 'lines' | 'url'>(
    ({ number, totalCents, currency, lines, url }, store) => ({
      subject: `Your order #${number} at ${store.name}`,
      lines: [
        `Thank you: ${store.name} has received your order #${number}.`,
        `${countOf(Number(lines), 'product')}, ${formatMoney(Number(totalCents), currency)} in all.`,
      ],
      button: { label: 'See the order', url },
    }),
  ),
  order_status: ofStore<'number' | 'status' | 'by' | 'url'>(
    ({ number, status, by, url }, store) => ({
      subject: `Your order #${number} at ${store.name} is ${status.toLowerCase()}`,
      lines: [
        status === 'CANCELLED'
          ? `Order #${number} was cancelled by ${cancelledBy(by, store)}.`
          : `Your order #${number} at ${store.name} is now ${status.toLowerCase()}.`,
      ],
      button: { label: 'See the order', url },
    }),
  ),
  low_stock: ofStore<'products' | 'number' | 'url'>(({ products, number, url }) => ({
    subject: 'Running low',
    lines: [`Order #${number} has left little of these products:`, products],
    button: { label: 'See what is low', url },
  })),
  webhook_disabled: template<'endpoint' | 'reason' | 'url'>(({ endpoint, reason, url }) => ({
    subject: 'A webhook was switched off',
    lines: [
      `We no longer send events to ${endpoint}:`,
      reason === 'gone'
        ? 'it answered 410, which means that it is gone for good.'
        : 'nothing we sent there has arrived for about three days.',
      'Once it works again, switch the webhook on and replay the time it has missed. Events are kept for 30 days.',
    ],
    button: { label: 'Open the webhook', url },
  })),
} as const;

export type TemplateName = keyof typeof TEMPLATES;
export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as readonly TemplateName[];
export type TemplateData<T extends TemplateName> = Parameters<(typeof TEMPLATES)[T]>[0];

/**
 * The mail's data with its links complete: `/store/{slug}/…` gets the slug the store has by now, which whoever queued the
 * mail need not have known.
 */
export function completed(
  data: Record<string, string>,
  sender: Sender | null,
): Record<string, string> {
  const { url } = data;
  return url && sender ? { ...data, url: url.replace('/{slug}/', `/${sender.slug}/`) } : data;
}

/** A mail's subject, plain text and HTML. Whatever comes from people is escaped. */
export function renderMail<T extends TemplateName>(
  name: T,
  data: TemplateData<T>,
  sender: Sender | null,
): { subject: string; text: string; html: string } {
  const from = sender ?? { name: 'Distribu', slug: '' };
  const render = TEMPLATES[name] as (data: TemplateData<T>, sender: Sender) => Content;
  const { subject, lines, button } = render(data, from);
  const link = button ? [`${button.label}: ${button.url}`] : [];
  return {
    subject: subject.replaceAll(/[\r\n]+/g, ' '),
    text: [...lines, ...link, from.name].join('\n\n'),
    html: [
      ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
      ...(button
        ? [`<p><a href="${escapeHtml(button.url)}">${escapeHtml(button.label)}</a></p>`]
        : []),
      `<p>${escapeHtml(from.name)}</p>`,
    ].join('\n'),
  };
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

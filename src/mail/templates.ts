type Content = { subject: string; lines: string[]; button?: { label: string; url: string } };

const template = <K extends string>(render: (data: Record<K, string>) => Content) => render;

/** Every mail we send: its data and its words. */
export const TEMPLATES = {
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
} as const;

export type TemplateName = keyof typeof TEMPLATES;
export type TemplateData<T extends TemplateName> = Parameters<(typeof TEMPLATES)[T]>[0];

/** A mail's subject, plain text and HTML. Whatever comes from people is escaped. */
export function renderMail<T extends TemplateName>(
  name: T,
  data: TemplateData<T>,
): { subject: string; text: string; html: string } {
  const render = TEMPLATES[name] as (data: TemplateData<T>) => Content;
  const { subject, lines, button } = render(data);
  const link = button ? [`${button.label}: ${button.url}`] : [];
  return {
    subject: subject.replaceAll(/[\r\n]+/g, ' '),
    text: [...lines, ...link, 'Distribu'].join('\n\n'),
    html: [
      ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
      ...(button
        ? [`<p><a href="${escapeHtml(button.url)}">${escapeHtml(button.label)}</a></p>`]
        : []),
      '<p>Distribu</p>',
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

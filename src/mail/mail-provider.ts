/** `to`: one address, or several with `, ` between them. */
export type Mail = { id: string; to: string; subject: string; text: string; html: string };

/**
 * Hands one mail over for delivery. Called again with the same `id`, it must not send twice if it can help it.
 * @throws MailError
 */
export type MailProvider = (mail: Mail) => Promise<void>;

/** `permanent`: trying again cannot help (an address nobody has, a key nobody knows). */
export class MailError extends Error {
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean) {
    super(message);
    this.name = 'MailError';
    this.permanent = permanent;
  }
}

/** For development: a mail counts as sent once it is in the outbox, where /dev/outbox shows it. */
export const keepInOutbox: MailProvider = () => Promise.resolve();

/** What a seed put there for people to log in with. */
export interface SeedSummary {
  accounts: { label: string; email: string; path: string }[];
  /** The one password of all of them. */
  password: string;
  apiKey: string;
}

/** What `npm run dev` says once everything answers. */
export function readyMessage(url: string, summary: SeedSummary | null): string {
  const logIns = summary ? logInMessage(url, summary) : `  Sign up: ${url}/signup\n`;
  return `\nDistribu is ready at ${url} (Ctrl-C stops it).\n\n${logIns}  Mails: ${url}/dev/outbox\n`;
}

/** @param url where the application is, or '' when nobody knows */
export function logInMessage(url: string, { accounts, password, apiKey }: SeedSummary): string {
  const width = Math.max(...accounts.map(({ email }) => email.length));
  return [
    ...accounts.map(
      ({ label, email, path }) => `  ${email.padEnd(width)}  ${label}, at ${url}${path}\n`,
    ),
    `  Password${accounts.length > 1 ? ' of all' : ''}: ${password}\n`,
    `  API key: ${apiKey}, described at ${url}/docs/api\n`,
  ].join('');
}

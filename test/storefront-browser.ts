import { inject } from 'vitest';
import { newId } from '#db/ids.ts';
import { someAddress } from './address.ts';
import { server, url } from './server.ts';

/** What a browser keeps: its cookies, each for the path it was set for. */
type Jar = Map<string, { name: string; value: string; path: string }>;

export type StoreBrowser = ReturnType<typeof storeBrowser>;

/**
 * A browser with a cookie jar of its own, from an address of its own: it sends each cookie to the paths it was set for,
 * and keeps what answers set, as browsers do. With fields, a form is posted, by htmx where a header says so. It follows no
 * redirects.
 */
export function storeBrowser({ address = someAddress() } = {}) {
  const jar: Jar = new Map();
  const cookiesFor = (path: string) =>
    [...jar.values()].filter(
      (cookie) => cookie.path === '/' || path === cookie.path || path.startsWith(`${cookie.path}/`),
    );
  async function browse(
    target: string,
    fields?: Record<string, string | string[]>,
    more: Record<string, string> = {},
  ) {
    const { pathname, search } = new URL(target, url);
    const requestId = `store-${newId('session').slice(4)}`;
    const response = await server.fetch(pathname + search, {
      redirect: 'manual',
      headers: {
        Cookie: cookiesFor(pathname)
          .map(({ name, value }) => `${name}=${value}`)
          .join('; '),
        'Sec-Fetch-Site': 'same-origin',
        'CF-Connecting-IP': address,
        'X-Request-Id': requestId,
        ...more,
        ...(fields && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(fields && { method: 'POST', body: encoded(fields) }),
    });
    for (const line of response.headers.getSetCookie()) keep(jar, line);
    const text = await response.text();
    const stats = await fetch(`${inject('endpointUrl')}/stats/${requestId}`);
    const { roundTrips } = (await stats.json()) as { roundTrips: number };
    const { status, headers } = response;
    return { status, headers, location: headers.get('location'), text, roundTrips };
  }
  return Object.assign(browse, {
    jar,
    /** What is kept under this name, for each path. */
    cookies: (name: string) => [...jar.values()].filter((cookie) => cookie.name === name),
  });
}

function encoded(fields: Record<string, string | string[]>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one]),
  );
  return new URLSearchParams(pairs).toString();
}

function keep(jar: Jar, line: string): void {
  const [pair = '', ...attributes] = line.split('; ');
  const [name = '', value = ''] = pair.split('=');
  const path = attributes.find((attribute) => attribute.startsWith('Path='))?.slice(5) ?? '/';
  if (attributes.includes('Max-Age=0')) jar.delete(`${name} ${path}`);
  else jar.set(`${name} ${path}`, { name, value, path });
}

/** The newest mail to this address, of this template if it is given, in the outbox anybody can read in development, and where its link leads. */
export async function newestMailTo(email: string, template?: string) {
  const response = await server.fetch('/dev/outbox.json');
  const { data } = (await response.json()) as {
    data: { to: string; template: string; data: Record<string, string> }[];
  };
  const mail = data.find(
    (one) => one.to.split(', ').includes(email) && (template ?? one.template) === one.template,
  );
  return { template: mail?.template, path: new URL(mail?.data['url'] ?? '/', url).pathname };
}

export const PASSWORD = 'correct horse battery';
export const typed = (newPassword: string) => ({ newPassword, repeated: newPassword });

/** Registers at the store in this browser, which is signed in by that. */
export function registerWith(browser: StoreBrowser, slug: string, email: string) {
  const fields = { name: 'Blue Plate', email, password: PASSWORD };
  return browser(`/store/${slug}/register`, fields);
}

export function logInWith(browser: StoreBrowser, slug: string, email: string, password = PASSWORD) {
  return browser(`/store/${slug}/login`, { email, password });
}

/** A browser that is signed in at the store, as a customer of its own unless there is an email. */
export async function registeredBrowser(slug: string, email: string): Promise<StoreBrowser> {
  const browser = storeBrowser();
  const { status } = await registerWith(browser, slug, email);
  if (status !== 303) throw new Error(`Not registered: ${status}.`);
  return browser;
}

/** Confirms the email that has just registered in this browser, by the link that was mailed. */
export async function confirmedIn(browser: StoreBrowser, email: string): Promise<void> {
  const { template, path } = await newestMailTo(email, 'customer_verify_email');
  const { status } = await browser(path, {});
  if (status !== 200) throw new Error(`Not confirmed by ${template}: ${status}.`);
}

/** Invites from the account page, and opens the invitation in a browser of the invited person's own. */
export async function joinedBrowser(
  admin: StoreBrowser,
  slug: string,
  email: string,
  role: string,
): Promise<StoreBrowser> {
  await admin(`/store/${slug}/account/contacts`, { email, name: 'Ann', role });
  const browser = storeBrowser();
  const { path } = await newestMailTo(email);
  const { status } = await browser(path, typed(PASSWORD));
  if (status !== 303) throw new Error(`Not joined: ${status}.`);
  return browser;
}

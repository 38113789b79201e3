import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type ConsoleMessage,
  type Page,
} from 'playwright-core';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import type { Role } from '#src/permissions.ts';
import { customerCookie, staffCookie, url } from '../server.ts';

export const ORIGIN = url.origin;

/** Room for what a visitor does, and for a job to come through the queue. */
const TIMEOUT_MS = 20_000;

const OFFLINE = 'net::ERR_INTERNET_DISCONNECTED';

let browser: Browser;
let contexts: BrowserContext[] = [];
let problems: string[] = [];
const messages: ConsoleMessage[] = [];
const refusedPages = new Set<string>();

export async function launchBrowser(): Promise<void> {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const closeBrowser = (): Promise<void> => browser.close();

/** Somebody of a company's staff, or a customer signed in at its store. */
export type Visitor =
  | { company: CompanyFixture; role?: Role }
  | { store: string; session: Id<'session'>; companyId?: Id<'company'> };

/** A page of a browser of its own, by default 1280 wide; signed in where a visitor is given. */
export async function newPage(
  options: BrowserContextOptions = {},
  visitor?: Visitor,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: ORIGIN,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  contexts.push(context);
  context.setDefaultTimeout(TIMEOUT_MS);
  watch(context);
  if (visitor) {
    const cookie = await ('store' in visitor
      ? customerCookie(visitor.session, visitor.companyId)
      : staffCookie(visitor.company, visitor.role ?? 'OWNER'));
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([
      'store' in visitor
        ? { name, value, domain: new URL(ORIGIN).hostname, path: visitor.store }
        : { name, value, url: ORIGIN },
    ]);
  }
  return context.newPage();
}

/** Ends what the test opened; gives back all that went wrong in its pages. */
export async function closeContexts(): Promise<string[]> {
  await Promise.all(contexts.map((context) => context.close()));
  const complaints = messages
    // A form that is refused is a page with status 422, which the browser notes as an error.
    .filter((message) => !(isRefusal(message) && refusedPages.has(message.location().url)))
    .map((message) => `${message.text()} (${message.location().url})`);
  const found = [...problems, ...complaints];
  contexts = [];
  problems = [];
  messages.length = 0;
  refusedPages.clear();
  return found;
}

function isRefusal(message: ConsoleMessage): boolean {
  return /^Failed to load resource: .* status of 4\d\d/.test(message.text());
}

function watch(context: BrowserContext): void {
  context.on('console', (message) => {
    // A newer search ends the one before, and a test takes the connection away: htmx notes both as errors.
    if (/^htmx: .*(AbortError|Failed to fetch)/.test(message.text())) return;
    if (message.text().includes(OFFLINE)) return;
    if (message.type() === 'error' || message.type() === 'warning') messages.push(message);
  });
  context.on('weberror', (error) => problems.push(String(error.error())));
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // A download ends its navigation; a newer search ends the one before.
    if (reason !== 'net::ERR_ABORTED' && reason !== OFFLINE)
      problems.push(`${request.url()}: ${reason}`);
  });
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== ORIGIN && protocol !== 'data:') problems.push(`Asked for ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() < 400) return;
    const request = response.request();
    // A form is sent by the browser, or by htmx.
    const isForm = request.isNavigationRequest() || 'hx-request' in request.headers();
    if (response.status() < 500 && isForm) {
      refusedPages.add(response.url());
    } else problems.push(`${response.status()} ${response.url()}`);
  });
}

import { createHash, randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { createTestHarness } from 'wrangler';
import { type CompanyFixture, createApiKey } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { parseKeys, signToken } from '#src/lib/tokens.ts';
import { type Role, type Scope, SCOPES } from '#src/permissions.ts';
import { context } from './context.ts';
import { Receiver } from './receiver.ts';

/** The address the Worker is known by; it answers at any other as well. */
export const PUBLIC_URL = 'http://api.test';

const SESSION_KEYS = `test:${randomBytes(32).toString('base64url')}`;
const databaseUrl = inject('databaseUrl');

/** What the Worker signs with, for links and cookies it is to take. */
export const serverKeys = parseKeys(SESSION_KEYS);

/** The one endpoint webhooks may reach in tests. */
export const receiver = await Receiver.open();

/**
 * The production build of the Worker with everything it is bound to, on the test database. There is one for all files
 * of a run: the `worker` project keeps its modules from file to file.
 */
export const server = createTestHarness({
  workers: [
    {
      configPath: 'wrangler.toml',
      vars: {
        // Nobody is asked where a webhook's host leads.
        DNS_URL: 'http://127.0.0.1:9/dns-query',
        DEV: '1',
        PUBLIC_URL,
        MAIL_PROVIDER: 'outbox',
        LOGIN_LIMITS: '',
        WEBHOOK_ALLOW: receiver.host,
      },
      secrets: { DATABASE_URL: databaseUrl, SESSION_KEYS, MAIL_API_KEY: 'test' },
    },
  ],
});

/** Where the Worker may reach out to; everything it fetches passes through this process. */
const ALLOWED_ORIGIN = new URL(inject('endpointUrl')).origin;
const outside: string[] = [];
const realFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.origin !== ALLOWED_ORIGIN && url.hostname !== '127.0.0.1') {
    outside.push(url.href);
    return Promise.reject(new Error(`Nothing may be fetched from ${url.href} in tests.`));
  }
  return realFetch(input, init);
};

/** Where a browser finds it. */
export const { url } = await server.listen();

let expectedErrors: RegExp[] = [];

/** What workerd itself prints where one end of a connection goes away too early: no fault of the Worker. */
const CONNECTION_GONE = /^(?:kj::|exception = ).*disconnected: /u;

/** The test causes an error log line on purpose: lines that match do not fail it. */
export function expectErrorLog(pattern: RegExp): void {
  expectedErrors.push(pattern);
}

/** What the Worker logged as an error, or fetched from outside, since the last call, unless the test expected it. */
export function takeProblems(): string[] {
  const lines = server
    .getLogs()
    .filter(({ level }) => level === 'error')
    .map(({ message }) => message)
    .filter(
      (message) => ![CONNECTION_GONE, ...expectedErrors].some((pattern) => pattern.test(message)),
    );
  const problems = [...lines, ...outside.splice(0).map((url) => `Fetched ${url}`)];
  server.clearLogs();
  expectedErrors = [];
  return problems;
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

/** A working API key of the company, made by its owner. */
export async function apiKeyFor(
  company: CompanyFixture,
  scopes: readonly Scope[] = SCOPES,
  dates: { expiresAt?: Date; revokedAt?: Date } = {},
): Promise<{ id: Id<'apiKey'>; key: string; hash: string }> {
  const key = `dk_${randomBytes(32).toString('base64url')}`;
  const hash = hashOf(key);
  const id = await createApiKey(context({ kind: 'nobody' }).db, {
    companyId: company.id,
    createdBy: memberOf(company, 'OWNER').userId,
    hash,
    prefix: key.slice(0, 12),
    name: 'Test',
    scopes: [...scopes],
    ...dates,
  });
  return { id, key, hash };
}

/** The Cookie header of a signed-in member of staff. */
export async function staffCookie(company: CompanyFixture, role: Role): Promise<string> {
  const token = await signToken(serverKeys, 'staff_session', {
    sid: memberOf(company, role).sessionId,
    cid: company.id,
  });
  return `staff_session=${token}`;
}

/**
 * The Cookie header of a customer's browser with this session.
 * @param companyId the store's; only placing an order asks for it
 */
export async function customerCookie(
  sessionId: Id<'session'>,
  companyId: Id<'company'> = newId('company'),
): Promise<string> {
  const token = await signToken(serverKeys, 'customer_session', { sid: sessionId, cid: companyId });
  return `customer_session=${token}`;
}

function memberOf(company: CompanyFixture, role: Role): CompanyFixture['staff'][number] {
  const member = company.staff.find((person) => person.role === role);
  if (!member) throw new Error(`${company.name} has no ${role}.`);
  return member;
}

import { type LoginLimits, parseLoginLimits } from '#src/lib/throttle.ts';
import { parseKeys, type TokenKey } from '#src/lib/tokens.ts';
import { isDevelopment } from './is-development.ts';
import { ownOrigin } from './own-origin.ts';

/** What this installation is told by its operator, as its parts need it. */
interface Configuration {
  /** Where it is found, without a slash at the end. */
  origin: string;
  keys: readonly TokenKey[];
  loginLimits: LoginLimits;
}

type Settings = Pick<
  Env,
  | 'PUBLIC_URL'
  | 'DEV'
  | 'SESSION_KEYS'
  | 'DATABASE_URL'
  | 'LOGIN_LIMITS'
  | 'MAIL_PROVIDER'
  | 'MAIL_API_URL'
  | 'MAIL_API_KEY'
  | 'MAIL_FROM'
  | 'DNS_URL'
>;

const CHECKED = new WeakMap<Settings, Configuration>();

/**
 * Reads and checks every setting, once an isolate. Nothing is served while one of them is broken.
 * @throws Error what is wrong with the first that is, as a sentence for the operator
 */
export function configuration(env: Settings): Configuration {
  const known = CHECKED.get(env);
  if (known) return known;
  const origin = ownOrigin(env);
  if (isDevelopment(env) && origin.startsWith('https:')) throw new Error(DEV_IN_PUBLIC);
  const keys = parseKeys(env.SESSION_KEYS ?? '');
  if (!isUrl(env.DATABASE_URL, /^postgres(?:ql)?:$/)) throw new Error(NO_DATABASE);
  checkMail(env);
  if (!isUrl(env.DNS_URL, HTTP)) throw new Error(NO_DNS);
  const read = { origin, keys, loginLimits: parseLoginLimits(env.LOGIN_LIMITS) };
  CHECKED.set(env, read);
  return read;
}

function checkMail({ MAIL_PROVIDER, MAIL_API_URL, MAIL_API_KEY, MAIL_FROM }: Settings): void {
  if (MAIL_PROVIDER === 'outbox') return;
  if (MAIL_PROVIDER !== 'http') throw new Error('MAIL_PROVIDER has to be "http" or "outbox".');
  if (!isUrl(MAIL_API_URL, HTTP)) {
    throw new Error('MAIL_API_URL has to be the address of the mail provider’s API.');
  }
  if (!MAIL_API_KEY) throw new Error('MAIL_API_KEY has to be the key of the mail provider.');
  if (!MAIL_FROM) throw new Error('MAIL_FROM has to say whom mails are from.');
}

const HTTP = /^https?:$/;

function isUrl(text: string, protocol: RegExp): boolean {
  return protocol.test(URL.parse(text)?.protocol ?? '');
}

const DEV_IN_PUBLIC =
  'DEV is "1", which shows everybody all mails, but PUBLIC_URL is an https address: DEV has to be empty (wrangler.toml).';
const NO_DATABASE = 'DATABASE_URL has to be the address of a PostgreSQL database, postgres://….';
const NO_DNS = 'DNS_URL has to be the address of a DNS over HTTPS service.';
